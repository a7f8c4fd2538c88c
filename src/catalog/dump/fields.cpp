// SPDX-License-Identifier: Apache-2.0
#include "catalog/dump/fields.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "catalog/release.h"

namespace spindle::catalog {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_date(std::string_view text) {
    return all_digits(text.substr(0, 4)) &&
           (text.size() == 4 || (text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                                 all_digits(text.substr(5, 2)) && all_digits(text.substr(8))));
}

} // namespace

std::optional<std::uint32_t> whole_number(std::string_view text) {
    std::uint32_t number = 0;
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number);
    if (text.empty() || parsed.ec != std::errc() || parsed.ptr != end) {
        return std::nullopt;
    }
    return number;
}

std::uint16_t year_of(std::string_view released, Quirks& quirks) {
    constexpr std::uint32_t kFirst = 1860; // the first sound that was recorded and is still there
    constexpr std::uint32_t kLast = 2100;
    if (!is_date(released)) {
        quirks.count(Quirk::OddDate);
    }
    for (std::size_t at = 0; at + 4 <= released.size(); ++at) {
        const std::string_view four = released.substr(at, 4);
        if (all_digits(four)) {
            const std::uint32_t year = whole_number(four).value_or(0);
            return static_cast<std::uint16_t>(year >= kFirst && year <= kLast ? year : 0);
        }
    }
    return 0;
}

std::uint32_t seconds_of(std::string_view duration, Quirks& quirks) {
    if (duration.empty()) {
        return 0;
    }
    // Groups of digits: the first of any length up to four, the others of two and below sixty.
    std::uint32_t seconds = 0;
    std::size_t groups = 0;
    for (std::string_view rest = duration;; ++groups) {
        const auto end = std::min(rest.find_first_of(":."), rest.size());
        const std::string_view group = rest.substr(0, end);
        const std::uint32_t number = all_digits(group) && group.size() <= 4
                                         ? whole_number(group).value_or(0)
                                         : static_cast<std::uint32_t>(-1);
        if (number > 9999 || (groups > 0 && (group.size() != 2 || number > 59))) {
            groups = 0;
            break;
        }
        seconds = seconds * 60 + number;
        if (end == rest.size()) {
            ++groups;
            break;
        }
        rest.remove_prefix(end + 1);
        if (groups == 2) { // a fourth
            groups = 0;
            break;
        }
    }
    if (groups < 2) {
        quirks.count(Quirk::OddDuration);
        return 0;
    }
    return seconds;
}

std::uint32_t quantity_of(std::string_view text, Quirks& quirks) {
    if (text.empty()) {
        return 1;
    }
    if (!all_digits(text)) {
        quirks.count(Quirk::OddQuantity);
        return 1;
    }
    const std::uint32_t quantity = whole_number(text).value_or(kMostQuantity + 1);
    if (quantity == 0 || quantity > kMostQuantity) {
        quirks.count(Quirk::OddQuantity);
    }
    return std::clamp<std::uint32_t>(quantity, 1, kMostQuantity);
}

bool is_none(std::string_view catalog_number) {
    return catalog_number.size() == 4 && text::ascii_lower(catalog_number) == "none";
}

} // namespace spindle::catalog
