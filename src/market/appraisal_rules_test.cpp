// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "market/appraisal_rules.h"

namespace spindle::market {
namespace {

TEST(AppraisalRules, WeighThePricesThatAreKnown) {
    RuleInputs inputs;
    EXPECT_FALSE(score_by_rules(inputs));
    inputs.lowest = 8;
    EXPECT_DOUBLE_EQ(score_by_rules(inputs)->score, 8);
    inputs.sold_median = 12;
    EXPECT_DOUBLE_EQ(score_by_rules(inputs)->score, 10);
    EXPECT_TRUE(score_by_rules(inputs)->is_good);
    inputs.lowest = 7.9;
    EXPECT_FALSE(score_by_rules(inputs)->is_good);
}

TEST(AppraisalRules, LowerTheScoreForEachFault) {
    RuleInputs inputs;
    inputs.sold_low = 9;
    inputs.sold_median = inputs.sold_high = 10;
    const double plain = score_by_rules(inputs)->score;
    const auto with = [&inputs](auto field, double value) {
        RuleInputs changed = inputs;
        changed.*field = value;
        return score_by_rules(changed)->score;
    };
    EXPECT_LT(with(&RuleInputs::for_sale, 21), plain);
    EXPECT_EQ(with(&RuleInputs::for_sale, 20), plain);
    EXPECT_LT(with(&RuleInputs::days_since_sale, 101), plain);
    EXPECT_EQ(with(&RuleInputs::days_since_sale, 100), plain);
    EXPECT_LT(with(&RuleInputs::versions, 11), plain);
    EXPECT_EQ(with(&RuleInputs::versions, 10), plain);
    RuleInputs once = inputs;
    once.sold_low = once.sold_high = 10;
    EXPECT_DOUBLE_EQ(score_by_rules(once)->score, 8);
    RuleInputs wanted = inputs;
    wanted.want = 30;
    wanted.have = 20;
    EXPECT_GT(score_by_rules(wanted)->score, plain);
}

RC_GTEST_PROP(AppraisalRules, ExplainTheWholeScoreWhateverIsMissing, ()) {
    const auto maybe = []() -> std::optional<double> {
        const int value = *rc::gen::inRange(-3, 300);
        return value < 0 ? (value == -1 ? std::optional(std::nan("")) : std::nullopt)
                         : std::optional<double>(value);
    };
    RuleInputs inputs;
    for (const auto field :
         {&RuleInputs::lowest, &RuleInputs::sold_low, &RuleInputs::sold_median,
          &RuleInputs::sold_high, &RuleInputs::for_sale, &RuleInputs::have, &RuleInputs::want,
          &RuleInputs::days_since_sale, &RuleInputs::versions}) {
        inputs.*field = maybe();
    }
    const auto score = score_by_rules(inputs);
    if (!score) {
        return;
    }
    double sum = 0;
    for (const RuleTerm& term : score->terms) {
        sum += term.effect;
    }
    RC_ASSERT(std::abs(sum - score->score) < 1e-9);
    if (inputs.want && std::isfinite(*inputs.want)) {
        RuleInputs more = inputs;
        *more.want += 100;
        RC_ASSERT(score_by_rules(more)->score >= score->score - 1e-9);
    }
}

} // namespace
} // namespace spindle::market
