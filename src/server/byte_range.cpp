// SPDX-License-Identifier: Apache-2.0
#include "server/byte_range.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace spindle::server {
namespace {

std::optional<std::uint64_t> number(std::string_view word) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    return error == std::errc{} && end == word.data() + word.size() ? std::optional(value)
                                                                    : std::nullopt;
}

} // namespace

std::variant<std::monostate, ByteRange, NoSuchRange> range_of(std::string_view header,
                                                              std::uint64_t size) {
    constexpr std::string_view kUnit = "bytes=";
    if (!header.starts_with(kUnit)) {
        return std::monostate{};
    }
    const std::string_view range = text::trimmed(header.substr(kUnit.size()));
    const auto dash = range.find('-');
    if (dash == std::string_view::npos || range.find(',') != std::string_view::npos) {
        return std::monostate{};
    }
    const std::string_view from = range.substr(0, dash);
    const std::string_view to = range.substr(dash + 1);
    if (from.empty()) { // the last so many
        const auto count = number(to);
        if (!count) {
            return std::monostate{};
        }
        if (*count == 0 || size == 0) {
            return NoSuchRange{};
        }
        const std::uint64_t taken = std::min(*count, size);
        return ByteRange{size - taken, taken};
    }
    const auto first = number(from);
    const auto last = to.empty() ? std::optional(~std::uint64_t{0}) : number(to);
    if (!first || !last || *last < *first) {
        return std::monostate{};
    }
    if (*first >= size) {
        return NoSuchRange{};
    }
    return ByteRange{*first, std::min(*last, size - 1) - *first + 1};
}

} // namespace spindle::server
