// SPDX-License-Identifier: Apache-2.0
#include "market/printed_price.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace spindle::market {
namespace {

constexpr double kMost = 1e9;
constexpr std::size_t kLongest = 64; // bytes of a price; more is no price

struct Sign {
    std::string_view printed;
    std::string_view currency;
};

// Longer signs first, as "$" is part of most. ISO codes are known without being listed.
constexpr std::array<Sign, 24> kSigns{{
    {"US$", "USD"}, {"CA$", "CAD"}, {"AU$", "AUD"}, {"NZ$", "NZD"},
    {"MX$", "MXN"}, {"JP¥", "JPY"}, {"CN¥", "CNY"}, {"HK$", "HKD"},
    {"S$", "SGD"},  {"A$", "AUD"},  {"C$", "CAD"},  {"R$", "BRL"},
    {"$", "USD"},   {"€", "EUR"},   {"£", "GBP"},   {"¥", "JPY"},
    {"￥", "JPY"},  {"円", "JPY"},  {"zł", "PLN"},  {"₽", "RUB"},
    {"Kč", "CZK"},  {"₩", "KRW"},   {"₹", "INR"},   {"\xE2\x82\xBA", "TRY"},
}};
constexpr std::array<std::string_view, 27> kCodes{"USD", "GBP", "EUR", "CAD", "AUD", "JPY", "CHF",
                                                  "MXN", "BRL", "NZD", "SEK", "ZAR", "DKK", "NOK",
                                                  "PLN", "CZK", "HUF", "RUB", "KRW", "CNY", "HKD",
                                                  "SGD", "INR", "TRY", "ISK", "ILS", "THB"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// White space and apostrophes that group thousands, each as one ASCII sign; everything else as it
/// is.
std::string plain(std::string_view text) {
    constexpr std::array<std::string_view, 6> kBlanks{
        "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x83", "\xE3\x80\x80", "&nbsp;"};
    constexpr std::string_view kApostrophe = "\xE2\x80\x99";
    std::string out;
    while (!text.empty()) {
        std::size_t used = 1;
        char sign = text.front();
        for (const std::string_view blank : kBlanks) {
            if (text.starts_with(blank)) {
                used = blank.size();
                sign = ' ';
            }
        }
        if (text.starts_with(kApostrophe)) {
            used = kApostrophe.size();
            sign = '\'';
        }
        out += sign == '\t' || sign == '\n' || sign == '\r' ? ' ' : sign;
        text.remove_prefix(used);
    }
    return out;
}

/// Digits with grouping signs; `decimal` is the sign that ends the whole units, or 0.
std::optional<double> number_of(std::string_view text, char decimal) {
    std::string digits;
    std::size_t since_group = 0; // digits after the last grouping sign
    bool grouped = false;
    bool in_cents = false;
    for (const char c : text) {
        if (is_digit(c)) {
            digits += c;
            ++since_group;
        } else if (c == decimal) {
            if (in_cents || (grouped && since_group != 3)) {
                return std::nullopt;
            }
            in_cents = true;
            digits += '.';
        } else {
            // "1,2345" and "12,,3" are no numbers; lakhs ("1,00,000") are not printed by shops
            // here.
            if (in_cents || since_group == 0 || (grouped ? since_group != 3 : since_group > 3)) {
                return std::nullopt;
            }
            grouped = true;
            since_group = 0;
        }
    }
    if (!in_cents && grouped && since_group != 3) {
        return std::nullopt;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size() || !std::isfinite(value) ||
        value > kMost) {
        return std::nullopt;
    }
    return value;
}

/// Which sign ends the whole units in "1.499,00": ','. 0 when all signs group thousands.
char decimal_sign(std::string_view number) {
    const auto points = std::count(number.begin(), number.end(), '.');
    const auto commas = std::count(number.begin(), number.end(), ',');
    if (points > 0 && commas > 0) {
        return number.rfind('.') > number.rfind(',') ? '.' : ',';
    }
    if (points + commas != 1) {
        return 0; // none, or "1,499,000"
    }
    const char sign = points == 1 ? '.' : ',';
    const auto at = number.find(sign);
    const bool groups = number.size() - at - 1 == 3 && at > 0 && at <= 3 && number.front() != '0';
    return groups ? '\0' : sign;
}

std::optional<double> number_in(std::string_view number) {
    if (number.empty() || !is_digit(number.front()) || !is_digit(number.back()) ||
        number.find_first_not_of("0123456789.,' ") != std::string_view::npos) {
        return std::nullopt;
    }
    return number_of(number, decimal_sign(number));
}

std::optional<std::string> currency_of(std::string_view printed) {
    for (const Sign& sign : kSigns) {
        if (printed == sign.printed) {
            return std::string(sign.currency);
        }
    }
    for (const std::string_view code : kCodes) {
        if (text::ascii_lower(printed) == text::ascii_lower(code)) {
            return std::string(code);
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<double> printed_number(std::string_view text) {
    if (text.size() > kLongest) {
        return std::nullopt;
    }
    const std::string number = plain(text);
    return number_in(text::trimmed(number));
}

std::optional<Money> printed_price(std::string_view text) {
    if (text.size() > kLongest) {
        return std::nullopt;
    }
    const std::string whole = plain(text);
    const std::string_view line = text::trimmed(whole);
    const auto first = line.find_first_of("0123456789");
    if (first == std::string_view::npos) {
        return std::nullopt;
    }
    const auto last = line.find_last_of("0123456789");
    const auto before = text::trimmed(line.substr(0, first));
    const auto after = text::trimmed(line.substr(last + 1));
    if (before.empty() == after.empty()) { // no currency, or two
        // "US $12.00 USD" does not occur; "$12.00 USD" does, and says the same twice.
        if (before.empty() || after.size() != 3 || !before.ends_with("$")) {
            return std::nullopt;
        }
    }
    const auto currency = currency_of(after.empty() ? before : after);
    const auto amount = number_in(line.substr(first, last - first + 1));
    if (!currency || !amount) {
        return std::nullopt;
    }
    return Money{*amount, *currency};
}

std::optional<std::int64_t> printed_count(std::string_view text) {
    if (text.size() > kLongest) {
        return std::nullopt;
    }
    const std::string whole = plain(text);
    const std::string_view number = text::trimmed(whole);
    if (number.empty() || !is_digit(number.front()) || !is_digit(number.back()) ||
        number.find_first_not_of("0123456789.,' ") != std::string_view::npos) {
        return std::nullopt;
    }
    const auto value = number_of(number, 0);
    return value ? std::optional(static_cast<std::int64_t>(*value)) : std::nullopt;
}

} // namespace spindle::market
