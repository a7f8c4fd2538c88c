// SPDX-License-Identifier: Apache-2.0
#include "market/printed_date.h"

#include <array>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"

namespace spindle::market {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};

std::optional<int> number_of(std::string_view word) {
    int value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    return error == std::errc{} && end == word.data() + word.size() && value >= 0
               ? std::optional(value)
               : std::nullopt;
}

std::optional<std::chrono::year_month_day> day_of(int year, unsigned month, int day) {
    const std::chrono::year_month_day date{std::chrono::year{year < 100 ? year + 2000 : year},
                                           std::chrono::month{month},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    return date.ok() && date.year() >= std::chrono::year{1900} &&
                   date.year() <= std::chrono::year{2999}
               ? std::optional(date)
               : std::nullopt;
}

std::optional<unsigned> month_of(std::string_view word) {
    if (word.size() < 3) {
        return std::nullopt;
    }
    const std::string start = text::ascii_lower(word.substr(0, 3));
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (start == kMonths[i]) {
            return static_cast<unsigned>(i + 1);
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<std::chrono::year_month_day> printed_date(std::string_view printed) {
    const std::string_view line = text::trimmed(printed);
    if (line.size() > 64) {
        return std::nullopt;
    }
    if (line.size() >= 10 && line[4] == '-' && line[7] == '-' &&
        (line.size() == 10 || line[10] == 'T' || line[10] == ' ')) {
        const auto year = number_of(line.substr(0, 4));
        const auto month = number_of(line.substr(5, 2));
        const auto day = number_of(line.substr(8, 2));
        return year && *year >= 100 && month && day
                   ? day_of(*year, static_cast<unsigned>(*month), *day)
                   : std::nullopt;
    }
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < line.size();) {
        const auto begin = line.find_first_not_of(" ,.\t\r\n", at);
        if (begin == std::string_view::npos) {
            break;
        }
        at = std::min(line.find_first_of(" ,.\t\r\n", begin), line.size());
        words.push_back(line.substr(begin, at - begin));
    }
    if (words.size() != 3) {
        return std::nullopt;
    }
    const bool month_first = month_of(words[0]).has_value() && !number_of(words[0]);
    const auto month = month_of(words[month_first ? 0 : 1]);
    const auto day = number_of(words[month_first ? 1 : 0]);
    const auto year = number_of(words[2]);
    return month && day && year ? day_of(*year, *month, *day) : std::nullopt;
}

std::string as_text(const std::chrono::year_month_day& day) {
    return fmt::format("{:04}-{:02}-{:02}", int{day.year()}, unsigned{day.month()},
                       unsigned{day.day()});
}

} // namespace spindle::market
