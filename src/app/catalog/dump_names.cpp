// SPDX-License-Identifier: Apache-2.0
#include "app/catalog/dump_names.h"

#include <algorithm>
#include <functional>
#include <map>

#include <fmt/format.h>

#include "base/text.h"

namespace spindle::app {
namespace {

constexpr std::string_view kPrefix = "discogs_";
constexpr std::string_view kReleases = "_releases.xml.gz";
constexpr std::string_view kMasters = "_masters.xml.gz";
constexpr std::string_view kChecksums = "_CHECKSUM.txt";
constexpr std::size_t kDateDigits = 8;
constexpr std::size_t kSumDigits = 64;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The number `text` is, all digits and few of them; -1 if it is not.
int number(std::string_view text) {
    if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) {
        return -1;
    }
    int value = 0;
    for (const char c : text) {
        value = value * 10 + (c - '0');
    }
    return value;
}

bool is_date(std::string_view text) {
    if (text.size() != kDateDigits || number(text) < 0) {
        return false;
    }
    const int month = number(text.substr(4, 2));
    const int day = number(text.substr(6, 2));
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

} // namespace

std::optional<Month> parse_month(std::string_view text) {
    if (text.size() != 7 || text[4] != '-') {
        return std::nullopt;
    }
    const Month month{number(text.substr(0, 4)), number(text.substr(5))};
    if (month.year < 0 || month.month < 1 || month.month > 12) {
        return std::nullopt;
    }
    return month;
}

std::string to_string(Month month) {
    return fmt::format("{:04}-{:02}", month.year, month.month);
}

Month DumpDay::month() const {
    return {number(std::string_view(date).substr(0, 4)),
            number(std::string_view(date).substr(4, 2))};
}

std::string DumpDay::releases_name() const {
    return fmt::format("{}{}{}", kPrefix, date, kReleases);
}

std::string DumpDay::masters_name() const {
    return fmt::format("{}{}{}", kPrefix, date, kMasters);
}

std::string DumpDay::checksums_name() const {
    return fmt::format("{}{}{}", kPrefix, date, kChecksums);
}

std::vector<DumpDay> listed_dumps(std::string_view page) {
    std::map<std::string_view, DumpDay, std::greater<>> days;
    for (std::size_t at = page.find(kPrefix); at != std::string_view::npos;
         at = page.find(kPrefix, at + 1)) {
        const std::string_view name = page.substr(at + kPrefix.size());
        const std::string_view date = name.substr(0, kDateDigits);
        if (!is_date(date)) {
            continue;
        }
        const std::string_view kind = name.substr(kDateDigits);
        DumpDay& day = days[date];
        day.date = date;
        day.releases = day.releases || kind.starts_with(kReleases);
        day.masters = day.masters || kind.starts_with(kMasters);
        day.checksums = day.checksums || kind.starts_with(kChecksums);
    }
    std::vector<DumpDay> list;
    list.reserve(days.size());
    for (auto& [date, day] : days) {
        list.push_back(std::move(day));
    }
    return list;
}

std::optional<std::string> listed_sum(std::string_view checksums, std::string_view name) {
    while (!checksums.empty()) {
        const auto end = checksums.find('\n');
        const std::string_view line = text::trimmed(checksums.substr(0, end));
        checksums.remove_prefix(end == std::string_view::npos ? checksums.size() : end + 1);
        // The sum, a space, a space or for binary mode an asterisk, the name.
        const std::string sum = text::ascii_lower(line.substr(0, kSumDigits));
        if (sum.size() < kSumDigits || line.size() < kSumDigits + 2 ||
            line.substr(kSumDigits + 2) != name || line[kSumDigits] != ' ') {
            continue;
        }
        if (sum.find_first_not_of("0123456789abcdef") == std::string::npos) {
            return sum;
        }
    }
    return std::nullopt;
}

} // namespace spindle::app
