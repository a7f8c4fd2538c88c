// SPDX-License-Identifier: Apache-2.0
#include "playlist/uri.h"

#include "base/text.h"

namespace spindle::playlist {
namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

} // namespace

std::string percent_decoded(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            const int high = hex_value(text[i + 1]);
            const int low = hex_value(text[i + 2]);
            if (high >= 0 && low >= 0) {
                bytes += static_cast<char>(high * 16 + low);
                i += 2;
                continue;
            }
        }
        bytes += text[i];
    }
    return bytes;
}

std::string percent_encoded(std::string_view bytes) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string text;
    for (const char c : bytes) {
        if (is_letter(c) || is_digit(c) || std::string_view("-._~/").find(c) != std::string::npos) {
            text += c;
        } else {
            const auto value = static_cast<unsigned char>(c);
            text += '%';
            text += kHex[value >> 4U];
            text += kHex[value & 15U];
        }
    }
    return text;
}

std::string scheme_of(std::string_view text) {
    const auto colon = text.find(':');
    // One letter is a drive, and no scheme in use is longer than this.
    if (colon == std::string_view::npos || colon < 2 || colon > 16 || !is_letter(text[0])) {
        return {};
    }
    const auto scheme = text.substr(0, colon);
    for (const char c : scheme) {
        if (!is_letter(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') {
            return {};
        }
    }
    const bool file = text::ascii_lower(scheme) == "file";
    // "Live: in Paris.mp3" is a name; a URI goes on with //.
    return file || text.substr(colon + 1).starts_with("//") ? text::ascii_lower(scheme)
                                                            : std::string();
}

std::optional<std::string> path_of_file_uri(std::string_view uri) {
    if (scheme_of(uri) != "file") {
        return std::nullopt;
    }
    std::string_view rest = uri.substr(5);
    std::string host;
    if (rest.starts_with("//")) {
        rest.remove_prefix(2);
        const auto slash = std::min(rest.find('/'), rest.size());
        host = text::ascii_lower(rest.substr(0, slash));
        rest.remove_prefix(slash);
    }
    std::string path = percent_decoded(rest);
    if (path.size() >= 3 && path[0] == '/' && is_letter(path[1]) && path[2] == ':') {
        path.erase(0, 1);
    }
    const bool here = host.empty() || host == "localhost" || host == "127.0.0.1";
    return here ? path : "//" + host + path;
}

} // namespace spindle::playlist
