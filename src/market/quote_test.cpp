// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "market/market_figures.h"
#include "market/quote.h"

namespace spindle::market {
namespace {

TEST(Quote, NamesEveryFigureAndFindsItAgain) {
    for (int i = 0; i < kFigures; ++i) {
        const auto figure = static_cast<Figure>(i);
        EXPECT_EQ(figure_named(name_of(figure)), figure);
    }
    EXPECT_FALSE(figure_named("nonsense"));
    for (const Source source : {Source::Discogs, Source::SavedPage}) {
        EXPECT_EQ(source_named(name_of(source)), source);
    }
}

TEST(Quote, IsFreshForSixHoursAndNotWhenItComesFromTheFuture) {
    constexpr std::int64_t kNow = 1'000'000;
    EXPECT_TRUE(is_fresh(kNow, kNow));
    EXPECT_TRUE(is_fresh(kNow - 6 * 3600 + 1, kNow));
    EXPECT_FALSE(is_fresh(kNow - 6 * 3600, kNow));
    EXPECT_FALSE(is_fresh(kNow + 1, kNow)); // the clock was set back
}

TEST(Quote, KeepsThatThereIsNoCopyForSale) {
    MarketFigures figures;
    figures.release = ReleaseId{5};
    figures.have = 10;
    const auto quotes = quotes_of(figures, "EUR", 77);
    ASSERT_EQ(quotes.size(), 3U);
    EXPECT_EQ(quotes[0], (Quote{ReleaseId{5}, Figure::Have, 10.0, "", Source::Discogs, 77}));
    EXPECT_EQ(quotes[1],
              (Quote{ReleaseId{5}, Figure::Lowest, std::nullopt, "EUR", Source::Discogs, 77}));
    EXPECT_EQ(quotes[2].figure, Figure::Blocked);
}

TEST(Quote, OrdersSuggestionsFromMintToPoor) {
    PriceSuggestions suggestions;
    suggestions[0] = Money{14.32, "EUR"};
    suggestions[7] = Money{0.75, "EUR"};
    const auto quotes = quotes_of(ReleaseId{5}, suggestions, 77);
    ASSERT_EQ(quotes.size(), 2U);
    EXPECT_EQ(quotes[0].figure, Figure::SuggestedMint);
    EXPECT_EQ(quotes[1].figure, Figure::SuggestedPoor);
    EXPECT_TRUE(is_money(quotes[1].figure));
    EXPECT_FALSE(is_money(Figure::Versions));
}

} // namespace
} // namespace spindle::market
