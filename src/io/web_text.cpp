// SPDX-License-Identifier: Apache-2.0
#include "io/web_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "base/text.h"

namespace spindle::io {
namespace {

/// The four numbers of "192.168.1.20"; nothing for a name.
std::optional<std::array<int, 4>> numbers_of(std::string_view host) {
    std::array<int, 4> numbers{};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto [end, error] =
            std::from_chars(host.data(), host.data() + host.size(), numbers[i]);
        const auto length = static_cast<std::size_t>(end - host.data());
        if (error != std::errc{} || length > 3 || numbers[i] > 255 || numbers[i] < 0) {
            return std::nullopt;
        }
        host.remove_prefix(length);
        const bool last = i + 1 == numbers.size();
        if (last ? !host.empty() : !host.starts_with('.')) {
            return std::nullopt;
        }
        host.remove_prefix(last ? 0 : 1);
    }
    return numbers;
}

bool is_nearby(std::string_view host) {
    if (host.starts_with('[')) {
        const std::string_view address = host.substr(1, host.find(']') - 1);
        return address == "::1" || address.starts_with("fc") || address.starts_with("fd") ||
               address.starts_with("fe80:");
    }
    if (const auto four = numbers_of(host)) {
        const auto [a, b, c, d] = *four;
        return a == 127 || a == 10 || (a == 192 && b == 168) || (a == 172 && b >= 16 && b <= 31) ||
               (a == 169 && b == 254);
    }
    const bool number_like = host.find_first_not_of("0123456789.") == std::string_view::npos ||
                             host.starts_with("0x"); // inet_aton reads those as addresses
    return !number_like && (host.find('.') == std::string_view::npos || host.ends_with(".local") ||
                            host.ends_with(".lan") || host.ends_with(".home.arpa"));
}

} // namespace

std::string percent_encoded(std::string_view text) {
    std::string encoded;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
        if (plain) {
            encoded += c;
        } else {
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return encoded;
}

std::string base64(std::string_view bytes) {
    // OpenSSL counts in int and ends what it writes with a zero: a part at a time, of whole threes.
    constexpr std::size_t kPart = 3UL << 20U;
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    std::size_t written = 0;
    for (std::size_t at = 0; at < bytes.size(); at += kPart) {
        const std::string_view part = bytes.substr(at, kPart);
        written += static_cast<std::size_t>(EVP_EncodeBlock(
            reinterpret_cast<unsigned char*>(text.data() + written),
            reinterpret_cast<const unsigned char*>(part.data()), static_cast<int>(part.size())));
    }
    text.resize(written);
    return text;
}

Reach reach_of(std::string_view url) {
    const bool odd = std::any_of(url.begin(), url.end(), [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' || c == '@' || c == '?' ||
               c == '#' || c == '\\';
    });
    const std::string lower = text::ascii_lower(url);
    std::string_view rest = lower;
    const bool secure = rest.starts_with("https://");
    if (odd || (!secure && !rest.starts_with("http://"))) {
        return Reach::Nothing;
    }
    rest.remove_prefix(secure ? 8 : 7);
    rest = rest.substr(0, rest.find('/'));
    const auto name_end = rest.starts_with('[') ? rest.find(']') : 0;
    if (name_end == std::string_view::npos) {
        return Reach::Nothing;
    }
    const auto colon = rest.find(':', name_end);
    const std::string_view host = rest.substr(0, colon);
    const std::string_view port = colon == std::string_view::npos ? "80" : rest.substr(colon + 1);
    if (host.empty() || port.empty() || port.size() > 5 ||
        port.find_first_not_of("0123456789") != std::string_view::npos) {
        return Reach::Nothing;
    }
    if (secure) {
        return Reach::Secure;
    }
    return is_nearby(host) ? Reach::Nearby : Reach::Elsewhere;
}

} // namespace spindle::io
