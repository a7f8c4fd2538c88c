// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "market/printed_date.h"
#include "market/printed_price.h"

namespace spindle::market {
namespace {

TEST(PrintedPrice, KnowsTheCurrencyOnEitherSide) {
    for (const auto& [printed, money] :
         {std::pair{"€1,499.00", Money{1499, "EUR"}}, std::pair{"1.499,00 €", Money{1499, "EUR"}},
          std::pair{"$0.99", Money{0.99, "USD"}}, std::pair{"US$5.00", Money{5, "USD"}},
          std::pair{"SEK 100.00", Money{100, "SEK"}}, std::pair{"sek100", Money{100, "SEK"}},
          std::pair{"CA$3.25", Money{3.25, "CAD"}}, std::pair{"A$7", Money{7, "AUD"}},
          std::pair{"NZ$7.10", Money{7.1, "NZD"}}, std::pair{"MX$250.00", Money{250, "MXN"}},
          std::pair{"R$1.234.567,89", Money{1234567.89, "BRL"}},
          std::pair{"¥1,500", Money{1500, "JPY"}}, std::pair{"1,500円", Money{1500, "JPY"}},
          std::pair{"CHF 1’200.50", Money{1200.5, "CHF"}},
          std::pair{"1\u00A0234,50\u00A0€", Money{1234.5, "EUR"}},
          std::pair{"$12.00 USD", Money{12, "USD"}}, std::pair{"ZAR 1,000", Money{1000, "ZAR"}}}) {
        EXPECT_EQ(printed_price(printed), money) << printed;
    }
}

TEST(PrintedPrice, IsNothingWithoutAmountOrCurrency) {
    for (const char* printed :
         {"", "--", "Never", "€", "12.00", "€ --", "QQQ 12.00", "€1,23,4", "€1.2.3,4", "$-5",
          "€1,499.00 SEK", "$99999999999999", "€.", "$1e5"}) {
        EXPECT_FALSE(printed_price(printed)) << printed;
    }
    EXPECT_FALSE(printed_price("$" + std::string(100'000, '1')));
}

TEST(PrintedPrice, TellsDecimalsFromThousands) {
    EXPECT_EQ(printed_number("1.234"), 1234);
    EXPECT_EQ(printed_number("1,23"), 1.23);
    EXPECT_EQ(printed_number("0.125"), 0.125);
    EXPECT_EQ(printed_number("1234.567"), 1234.567);
    EXPECT_EQ(printed_number("4.5"), 4.5);
    EXPECT_EQ(printed_number(" 12 "), 12);
    EXPECT_EQ(printed_count("1,234"), 1234);
    EXPECT_EQ(printed_count("1 234 567"), 1234567);
    EXPECT_FALSE(printed_count("1.5"));
    EXPECT_FALSE(printed_count("12 copies"));
}

RC_GTEST_PROP(PrintedPrice, ReadsWhatAShopWouldPrint, ()) {
    const int cents = *rc::gen::inRange(0, 100'000'000);
    const std::vector<std::pair<std::string, std::string>> styles{
        {",", "."}, {".", ","}, {" ", ","}, {"'", "."}, {"\xC2\xA0", ","}, {"", "."}};
    const auto [thousands, decimal] = *rc::gen::elementOf(styles);
    std::string digits = fmt::format("{}", cents / 100);
    for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), thousands);
    }
    const std::string printed = fmt::format("€{}{}{:02}", digits, decimal, cents % 100);
    const auto money = printed_price(printed);
    RC_ASSERT(money.has_value());
    RC_ASSERT(std::abs(money->amount - cents / 100.0) < 1e-6);
}

RC_GTEST_PROP(PrintedPrice, TakesAnyBytes, (const std::string& text)) {
    const auto money = printed_price(text);
    if (money) { // RC_ASSERT evaluates both sides of ||
        RC_ASSERT(std::isfinite(money->amount) && money->amount >= 0);
    }
    (void)printed_count(text);
    (void)printed_number(text);
    (void)printed_date(text);
}

TEST(PrintedDate, KnowsTheDaysPagesPrint) {
    for (const char* printed : {"10 Nov 22", "Nov 10, 2022", "10 November 2022", "2022-11-10",
                                "2022-11-10T08:00:00+00:00"}) {
        const auto day = printed_date(printed);
        ASSERT_TRUE(day) << printed;
        EXPECT_EQ(as_text(*day), "2022-11-10");
    }
    for (const char* printed : {"", "Never", "31 Feb 22", "2022-13-01", "10 Nov", "10 11 22",
                                "2022-11-1x", "99999999999 Nov 22"}) {
        EXPECT_FALSE(printed_date(printed)) << printed;
    }
}

} // namespace
} // namespace spindle::market
