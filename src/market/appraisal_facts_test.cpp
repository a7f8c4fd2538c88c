// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "market/appraisal_facts.h"

namespace spindle::market {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;
constexpr std::int64_t kDay = 24LL * 60 * 60;

Quote quote(Figure figure, std::optional<double> value, std::int64_t age,
            Source source = Source::Discogs, const std::string& currency = "USD") {
    return {ReleaseId{5}, figure, value, is_money(figure) ? currency : "", source, kNow - age};
}

TEST(AppraisalFacts, TakeTheNewestOfEachFigureWhereverItWasSeen) {
    const std::vector<Quote> quotes{
        quote(Figure::Lowest, 4, 2 * kDay), quote(Figure::Lowest, 5, kDay, Source::SavedPage),
        quote(Figure::Have, 10, 60), quote(Figure::Have, 9, kDay, Source::SavedPage),
        quote(Figure::SoldMedian, 12, 30 * kDay, Source::SavedPage)};
    const auto facts = facts_of(quotes, {}, kNow);
    EXPECT_EQ(facts.model.lowest, 5);
    EXPECT_EQ(facts.model.have, 10);
    EXPECT_EQ(facts.model.sold_median, 12);
    EXPECT_EQ(facts.rules.sold_median, 12);
    EXPECT_EQ(facts.price_seen_at, kNow - kDay);
    EXPECT_EQ(facts.sold_seen_at, kNow - 30 * kDay);
    EXPECT_FALSE(facts.blocked);
    EXPECT_EQ(facts.left_out, "");
}

TEST(AppraisalFacts, KnowThatNoneIsForSaleNow) {
    const auto facts = facts_of(std::vector{quote(Figure::Lowest, {}, 60),
                                            quote(Figure::Lowest, 4, kDay, Source::SavedPage)},
                                {}, kNow);
    EXPECT_FALSE(facts.model.lowest);
    EXPECT_EQ(facts.price_seen_at, kNow - 60);
}

TEST(AppraisalFacts, TurnOtherCurrenciesIntoDollarsWhereTheyKnowTheRate) {
    const std::vector<Quote> quotes{quote(Figure::SoldMedian, 10, 60, Source::SavedPage, "EUR"),
                                    quote(Figure::Have, 7, 60)};
    const auto without = facts_of(quotes, {}, kNow);
    EXPECT_FALSE(without.model.sold_median);
    EXPECT_FALSE(without.sold_seen_at);
    EXPECT_EQ(without.left_out, "EUR");
    EXPECT_EQ(without.model.have, 7);
    const auto with = facts_of(quotes, {{"EUR", 1.5}}, kNow);
    EXPECT_EQ(with.model.sold_median, 15);
    EXPECT_EQ(with.left_out, "");
    EXPECT_FALSE(facts_of(quotes, {{"EUR", 0.0}}, kNow).model.sold_median);
}

TEST(AppraisalFacts, TrustAQuoteFromTheFutureLeast) {
    const auto facts = facts_of(
        std::vector{quote(Figure::Want, 100, -kDay), quote(Figure::Want, 3, 99 * kDay)}, {}, kNow);
    EXPECT_EQ(facts.model.want, 3);
}

TEST(AppraisalFacts, CountDaysSinceTheLastSaleAndNoticeABlock) {
    const auto facts = facts_of(
        std::vector{quote(Figure::LastSold, static_cast<double>(kNow - 101 * kDay - 5), 60),
                    quote(Figure::Blocked, 1, 60), quote(Figure::Versions, 12, 60)},
        {}, kNow);
    EXPECT_EQ(facts.rules.days_since_sale, 101);
    EXPECT_EQ(facts.rules.versions, 12);
    EXPECT_TRUE(facts.blocked);
    EXPECT_FALSE(
        facts_of(std::vector{quote(Figure::Blocked, 1, 2 * kDay), quote(Figure::Blocked, 0, 60)},
                 {}, kNow)
            .blocked);
}

TEST(AppraisalFacts, FindTheSuggestionForVeryGoodPlusFromAnyGrade) {
    const auto facts = facts_of(std::vector{quote(Figure::SuggestedNearMint, 8.5, 60)}, {}, kNow);
    ASSERT_TRUE(facts.model.suggested);
    EXPECT_NEAR(*facts.model.suggested, 6.5, 1e-9);
}

} // namespace
} // namespace spindle::market
