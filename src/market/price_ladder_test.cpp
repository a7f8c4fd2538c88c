// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "market/price_ladder.h"

namespace spindle::market {
namespace {

TEST(PriceLadder, GivesTheSuggestionsOfOneBase) {
    // What Discogs' documentation shows for one release, base 15.07.
    const std::array<double, 8> prices{14.32, 12.81, 9.80, 6.78, 3.77, 2.26, 1.51, 0.75};
    std::array<std::optional<double>, 8> suggestions;
    for (std::size_t i = 0; i < prices.size(); ++i) {
        suggestions[i] = prices[i];
        EXPECT_NEAR(price_at(15.07, kGrades[i]), prices[i], 0.0051);
    }
    EXPECT_NEAR(base_of(suggestions).value(), 15.07, 0.01);
}

TEST(PriceLadder, NeedsOneSuggestionAndIgnoresWhatIsNone) {
    EXPECT_FALSE(base_of(std::array<std::optional<double>, 8>{}));
    EXPECT_FALSE(base_of(std::array<std::optional<double>, 8>{0.0, -3.0, std::nan("")}));
    EXPECT_NEAR(base_of(std::array<std::optional<double>, 8>{std::nullopt, 8.5}).value(), 10, 1e-9);
}

RC_GTEST_PROP(PriceLadder, FallsWithTheGradeAndGoesBackToTheBase, ()) {
    const double base = *rc::gen::inRange(1, 100'000) / 100.0;
    double above = base;
    for (const Grade grade : kGrades) {
        const double price = price_at(base, grade);
        RC_ASSERT(price < above);
        RC_ASSERT(std::abs(base_of(price, grade) - base) < 1e-9 * base);
        above = price;
    }
}

} // namespace
} // namespace spindle::market
