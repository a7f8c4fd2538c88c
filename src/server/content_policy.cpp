// SPDX-License-Identifier: Apache-2.0
#include "server/content_policy.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "io/sha256.h"
#include "io/web_text.h"

namespace spindle::server {
namespace {

/// "'sha256-...'", as policies name a text.
std::string hash_of(std::string_view text) {
    io::Sha256 sum;
    sum.update(std::as_bytes(std::span(text)));
    return fmt::format("'sha256-{}'", io::base64(sum.bytes()));
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
