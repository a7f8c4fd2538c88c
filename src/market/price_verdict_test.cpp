// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "market/price_verdict.h"

namespace spindle::market {
namespace {

const AppraisalModel& shipped() {
    static const AppraisalModel kModel = AppraisalModel::open(SPINDLE_APPRAISAL_MODEL).value();
    return kModel;
}

AppraisalInputs disc(double lowest, double for_sale, double have, double want) {
    AppraisalInputs inputs;
    inputs.lowest = lowest;
    inputs.for_sale = for_sale;
    inputs.have = have;
    inputs.want = want;
    inputs.format = "CD, Album";
    return inputs;
}

Appraisal any_appraisal() {
    AppraisalInputs inputs;
    inputs.lowest = *rc::gen::inRange(1, 10'000) / 100.0;
    inputs.want = *rc::gen::inRange(0, 1'000);
    inputs.have = *rc::gen::inRange(0, 1'000);
    inputs.format = "CD, Album";
    return shipped().appraise(inputs);
}

Grade any_grade() {
    return *rc::gen::elementOf(kGrades);
}

TEST(PriceVerdict, BuysWhatSurelyBringsMore) {
    const Appraisal appraisal = shipped().appraise(disc(30, 4, 40, 200));
    const Verdict verdict = judge(appraisal, {1, Grade::NearMint});
    EXPECT_EQ(verdict.advice, Advice::Buy);
    EXPECT_GT(verdict.margin, 10);
    EXPECT_GT(verdict.chance, 0.9);
}

TEST(PriceVerdict, LeavesWhatCostsMoreThanItBrings) {
    const Appraisal appraisal = shipped().appraise(disc(1, 200, 5000, 40));
    const Verdict verdict = judge(appraisal, {5, Grade::VeryGood});
    EXPECT_EQ(verdict.advice, Advice::Leave);
    EXPECT_THAT(verdict.why, ::testing::HasSubstr("more than it brings"));
}

RC_GTEST_PROP(PriceVerdict, HasTermsThatAddUpToTheMargin, ()) {
    const Verdict verdict =
        judge(any_appraisal(), {*rc::gen::inRange(0, 1000) / 10.0, any_grade()});
    double sum = 0;
    for (const VerdictTerm& term : verdict.terms) {
        sum += term.dollars;
    }
    RC_ASSERT(std::abs(sum - verdict.margin) < 1e-9);
    RC_ASSERT(!verdict.why.empty());
}

RC_GTEST_PROP(PriceVerdict, GetsNoBetterWithAHigherAskingPrice, ()) {
    const Appraisal appraisal = any_appraisal();
    const Grade grade = any_grade();
    const double asking = *rc::gen::inRange(0, 1000) / 10.0;
    const double more = *rc::gen::inRange(1, 1000) / 10.0;
    const Verdict cheap = judge(appraisal, {asking, grade});
    const Verdict dear = judge(appraisal, {asking + more, grade});
    RC_ASSERT(dear.margin < cheap.margin);
    RC_ASSERT(dear.chance <= cheap.chance);
    RC_ASSERT(dear.advice >= cheap.advice);
}

RC_GTEST_PROP(PriceVerdict, GetsNoWorseWithABetterGrade, ()) {
    const Appraisal appraisal = any_appraisal();
    const double asking = *rc::gen::inRange(0, 1000) / 10.0;
    for (std::size_t i = 1; i < kGrades.size(); ++i) {
        const Verdict better = judge(appraisal, {asking, kGrades[i - 1]});
        const Verdict worse = judge(appraisal, {asking, kGrades[i]});
        RC_ASSERT(better.price > worse.price);
        RC_ASSERT(better.margin > worse.margin);
        RC_ASSERT(better.chance >= worse.chance);
        RC_ASSERT(better.advice <= worse.advice);
    }
}

TEST(PriceVerdict, LeavesWhatDiscogsDoesNotLetBeSold) {
    const Appraisal appraisal = shipped().appraise(disc(30, 4, 40, 200));
    const Verdict verdict = judge(appraisal, {1, Grade::Mint, true});
    EXPECT_EQ(verdict.advice, Advice::Leave);
    EXPECT_EQ(verdict.why, "it may not be sold on Discogs");
    EXPECT_EQ(verdict.margin, -1);
    EXPECT_EQ(verdict.price, 0);
    EXPECT_EQ(verdict.chance, 0);
    const Verdict gift = judge(appraisal, {0, Grade::Mint, true});
    EXPECT_EQ(gift.advice, Advice::Leave);
    EXPECT_TRUE(gift.terms.empty());
}

TEST(PriceVerdict, TakesCostsThatAreNoNumbersForNone) {
    const Appraisal appraisal = shipped().appraise({});
    VerdictOptions options;
    options.postage = std::nan("");
    const Verdict verdict = judge(appraisal, {-3, Grade::Poor}, options);
    EXPECT_TRUE(std::isfinite(verdict.margin));
}

} // namespace
} // namespace spindle::market
