// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <gtest/gtest.h>

#include "market/page_quotes.h"

namespace spindle::market {
namespace {

TEST(PageQuotes, TellEveryFigureOnce) {
    PageStatistics page;
    page.release = ReleaseId{249504};
    page.have = 40;
    page.rating = 4.5;
    page.sold_median = Money{12.5, "EUR"};
    page.last_sold = std::chrono::year{2026} / 2 / 3;
    const auto quotes = quotes_of(page, 1000);
    ASSERT_EQ(quotes.size(), 4U);
    const auto median = std::find_if(quotes.begin(), quotes.end(), [](const Quote& quote) {
        return quote.figure == Figure::SoldMedian;
    });
    ASSERT_NE(median, quotes.end());
    EXPECT_EQ(median->value, 12.5);
    EXPECT_EQ(median->currency, "EUR");
    EXPECT_EQ(median->source, Source::SavedPage);
    EXPECT_EQ(median->seen_at, 1000);
    EXPECT_EQ(quotes.back().value, 1770076800); // midnight UTC
}

TEST(PageQuotes, AreOfNoReleaseWhereThePageDoesNotSayWhich) {
    PageStatistics page;
    page.have = 40;
    const auto quotes = quotes_of(page, 1);
    ASSERT_EQ(quotes.size(), 1U);
    EXPECT_EQ(quotes[0].release.value, 0U);
}

} // namespace
} // namespace spindle::market
