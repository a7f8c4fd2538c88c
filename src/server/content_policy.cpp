// SPDX-License-Identifier: Apache-2.0
#include "server/content_policy.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace spindle::server {
namespace {

/// "'sha256-...'", as policies name a text.
std::string hash_of(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    unsigned length = 0;
    if (EVP_Digest(text.data(), text.size(), sum.data(), &length, EVP_sha256(), nullptr) != 1) {
        return {}; // then it is not allowed
    }
    std::array<unsigned char, 4 * (EVP_MAX_MD_SIZE / 3 + 1) + 1> base64{};
    const int written = EVP_EncodeBlock(base64.data(), sum.data(), static_cast<int>(length));
    return fmt::format("'sha256-{}'", std::string(base64.begin(), base64.begin() + written));
}

/// Of every element of that name which has no attribute: those with one load a file.
std::string hashes_of(std::string_view html, std::string_view element) {
    const std::string begin = fmt::format("<{}>", element);
    const std::string end = fmt::format("</{}>", element);
    std::string hashes;
    for (auto at = html.find(begin); at != html.npos; at = html.find(begin, at)) {
        at += begin.size();
        const auto close = std::min(html.find(end, at), html.size());
        hashes += " " + hash_of(html.substr(at, close - at));
        at = close;
    }
    return hashes;
}

} // namespace

std::string content_policy(std::string_view html) {
    return fmt::format(
        "default-src 'self'; script-src 'self'{}; style-src 'self'{}; img-src 'self' "
        "blob: data:; media-src 'self' blob:; worker-src 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        hashes_of(html, "script"), hashes_of(html, "style"));
}

} // namespace spindle::server
