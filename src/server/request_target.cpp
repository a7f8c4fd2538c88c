// SPDX-License-Identifier: Apache-2.0
#include "server/request_target.h"

#include <algorithm>

#include "base/text.h"

namespace spindle::server {
namespace {

constexpr std::size_t kMostSegments = 64;
constexpr std::size_t kMostFields = 256; // of a query: the largest form has 20

int hex_digit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; });
}

enum class Plus { Stays, IsBlank };

Result<std::string> decoded(std::string_view word, Plus plus) {
    std::string out;
    out.reserve(word.size());
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] != '%') {
            out += word[i] == '+' && plus == Plus::IsBlank ? ' ' : word[i];
            continue;
        }
        const int high = i + 1 < word.size() ? hex_digit(word[i + 1]) : -1;
        const int low = i + 2 < word.size() ? hex_digit(word[i + 2]) : -1;
        if (high < 0 || low < 0) {
            return fail(Code::BadInput, "the address has a percent sign without two digits");
        }
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    if (!text::is_utf8(out)) {
        return fail(Code::BadInput, "the address is not well-formed UTF-8");
    }
    return out;
}

/// "http://host:port/path" is a path to whoever forwards requests (RFC 9112, 3.2.2).
std::string_view without_authority(std::string_view target) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (target.starts_with(scheme)) {
            const auto slash = target.find_first_of("/?", scheme.size());
            return slash == std::string_view::npos ? "/" : target.substr(slash);
        }
    }
    return target;
}

Result<void> add_segment(std::string_view word, RequestTarget& target) {
    if (word.empty()) {
        return {}; // "//" and a slash at the end
    }
    auto decoded_word = decoded(word, Plus::Stays);
    if (!decoded_word) {
        return tl::unexpected(std::move(decoded_word.error()));
    }
    std::string& segment = *decoded_word;
    if (segment == "." || segment == ".." || has_control(segment) ||
        segment.find_first_of("/\\") != std::string::npos) {
        return fail(Code::BadInput, "the address leads out of where it may, or holds control "
                                    "characters");
    }
    if (target.segments.size() == kMostSegments) {
        return fail(Code::BadInput, "the address has more than {} parts", kMostSegments);
    }
    target.path += "/" + segment;
    target.segments.push_back(std::move(segment));
    return {};
}

} // namespace

Result<RequestTarget> parse_target(std::string_view whole) {
    const std::string_view target = without_authority(whole);
    if (!target.starts_with('/')) {
        return fail(Code::BadInput, "the address is no path");
    }
    const auto mark = std::min(target.find('?'), target.size());
    const std::string_view path = target.substr(0, mark);
    RequestTarget out;
    for (std::size_t start = 1; start <= path.size();) {
        const auto end = std::min(path.find('/', start), path.size());
        SPINDLE_TRY_VOID(add_segment(path.substr(start, end - start), out));
        start = end + 1;
    }
    if (out.path.empty()) {
        out.path = "/";
    }
    std::string_view query = target.substr(std::min(mark + 1, target.size()));
    query = query.substr(0, query.find('#'));
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const std::string_view field = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (field.empty()) {
            continue;
        }
        if (out.query.size() == kMostFields) {
            return fail(Code::BadInput, "the address asks more than {} things", kMostFields);
        }
        const auto equals = std::min(field.find('='), field.size());
        SPINDLE_TRY(std::string name, decoded(field.substr(0, equals), Plus::IsBlank));
        SPINDLE_TRY(std::string value,
                    decoded(field.substr(std::min(equals + 1, field.size())), Plus::IsBlank));
        if (name.find('\0') != std::string::npos || value.find('\0') != std::string::npos) {
            return fail(Code::BadInput, "the address holds control characters");
        }
        out.query.emplace_back(std::move(name), std::move(value));
    }
    return out;
}

std::string cookie_value(std::string_view header, std::string_view name) {
    while (!header.empty()) {
        const auto end = std::min(header.find(';'), header.size());
        const std::string_view pair = text::trimmed(header.substr(0, end));
        header.remove_prefix(std::min(end + 1, header.size()));
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos || text::trimmed(pair.substr(0, equals)) != name) {
            continue;
        }
        std::string_view value = text::trimmed(pair.substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
            value = value.substr(1, value.size() - 2);
        }
        return std::string(value);
    }
    return {};
}

} // namespace spindle::server
