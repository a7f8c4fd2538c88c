// SPDX-License-Identifier: Apache-2.0
#include "cli/time_word.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>

#include "base/clock.h"
#include "base/text.h"

namespace spindle::cli {
namespace {

constexpr std::size_t kFewestDigits = 9; // of seconds since 1970; fewer are a year or a date
constexpr std::size_t kMostDigits = 12;

tl::unexpected<Error> no_time(std::string_view word) {
    return fail(Code::BadInput,
                "{}: no time; write it as \"2026-11-21 20:15\", \"2026-11-21T20:15:03Z\" or now",
                text::printable(word));
}

} // namespace

Result<std::int64_t> time_of_word(std::string_view word) {
    if (word == "now") {
        return system_seconds();
    }
    const bool digits = !word.empty() && word.find_first_not_of("0123456789") == word.npos;
    if (digits && word.size() >= kFewestDigits && word.size() <= kMostDigits) {
        std::int64_t seconds = 0;
        std::from_chars(word.data(), word.data() + word.size(), seconds);
        return seconds;
    }
    const bool utc = word.ends_with('Z');
    std::string_view rest = word.substr(0, word.size() - (utc ? 1 : 0));
    // Year, month, day, hour, minute, second, and what stands behind each.
    constexpr std::array<std::string_view, 6> kBehind{"-", "-", "T ", ":", ":", ""};
    constexpr std::array<std::size_t, 6> kLengths{4, 2, 2, 2, 2, 2};
    std::array<int, 6> numbers{};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto length = kLengths[i];
        const auto [end, error] =
            std::from_chars(rest.data(), rest.data() + std::min(rest.size(), length), numbers[i]);
        if (error != std::errc{} || end != rest.data() + length || numbers[i] < 0) {
            return no_time(word);
        }
        rest.remove_prefix(length);
        if (rest.empty() && i >= 4) {
            break;
        }
        if (rest.empty() || kBehind[i].find(rest.front()) == std::string_view::npos) {
            return no_time(word);
        }
        rest.remove_prefix(1);
    }
    std::tm parts{};
    parts.tm_year = numbers[0] - 1900;
    parts.tm_mon = numbers[1] - 1;
    parts.tm_mday = numbers[2];
    parts.tm_hour = numbers[3];
    parts.tm_min = numbers[4];
    parts.tm_sec = numbers[5];
    parts.tm_isdst = -1;
    const std::tm asked = parts;
    const std::time_t seconds = utc ? ::timegm(&parts) : ::mktime(&parts);
    const bool same = parts.tm_mday == asked.tm_mday && parts.tm_mon == asked.tm_mon &&
                      numbers[3] < 24 && numbers[4] < 60 && numbers[5] < 61;
    return same && rest.empty() ? Result<std::int64_t>(seconds) : no_time(word);
}

} // namespace spindle::cli
