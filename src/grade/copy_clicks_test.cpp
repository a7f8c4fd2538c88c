// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "grade/copy_clicks.h"

namespace spindle::grade {
namespace {

constexpr Seconds kAt{5};

Defect click(Seconds at, double peak, double probability) {
    return {.at = at, .length = Seconds{1e-4}, .peak = peak, .probability = probability};
}

/// Ten seconds of music with its copy; what is left of it, and the copy's sudden rises.
CopyComparison comparison(Relation relation, std::vector<LeftOver> left,
                          std::vector<CopyImpulse> rises = {}) {
    CopyComparison made;
    made.relation = relation;
    made.start = Seconds{1};
    made.end = Seconds{11};
    made.suppression_db = relation == Relation::SameMaster ? 40 : 18;
    made.left_over = std::move(left);
    made.impulses = std::move(rises);
    return made;
}

/// What is left of a click as loud as a tenth of full scale, over music that is not steep there.
LeftOver left_of_click(float strength = 200) {
    return {.defect = click(kAt, 0.1, 0), .strength = strength, .in_copy = 0, .slope = 0.01F};
}

double surest(const std::vector<Defect>& clicks) {
    double surest = 0;
    for (const Defect& defect : clicks) {
        surest = std::max(surest, defect.probability);
    }
    return surest;
}

TEST(CopyClicks, AreSureWhereTheCopyAndTheSoundAgree) {
    const std::vector<Defect> blind{click(kAt, 0.1, 0.9)};
    EXPECT_GT(surest(clicks_with_copy(blind, comparison(Relation::SameMaster, {left_of_click()}))),
              0.95);
}

TEST(CopyClicks, OfAnotherMasterAreLessLikelyOnARiseOfTheCopyButNotGone) {
    const std::vector<Defect> blind{click(kAt, 0.1, 0.95)};
    const double alone = surest(clicks_with_copy(blind, comparison(Relation::OtherMaster, {})));
    const std::vector<CopyImpulse> soft{{kAt, 8, 0.01F}};
    const std::vector<CopyImpulse> loud{{kAt, 40, 0.2F}};
    const double on_soft =
        surest(clicks_with_copy(blind, comparison(Relation::OtherMaster, {}, soft)));
    const double on_loud =
        surest(clicks_with_copy(blind, comparison(Relation::OtherMaster, {}, loud)));
    EXPECT_LT(on_soft, alone);
    EXPECT_LT(on_loud, on_soft);
    EXPECT_GT(on_loud, 0);
}

TEST(CopyClicks, FoundTwiceAreOne) {
    const std::vector<Defect> blind{click(kAt + Seconds{0.0005}, 0.1, 0.9)};
    EXPECT_EQ(clicks_with_copy(blind, comparison(Relation::SameMaster, {left_of_click()})).size(),
              1U);
}

TEST(CopyClicks, OutsideTheCopysStretchAreNotLookedAt) {
    const std::vector<Defect> blind{click(Seconds{0.5}, 0.1, 0.9), click(Seconds{20}, 0.1, 0.9)};
    EXPECT_TRUE(clicks_with_copy(blind, comparison(Relation::SameMaster, {})).empty());
}

TEST(CopyClicks, AreNeverLessLikelyForStandingOutMore) {
    double before = 0;
    for (const float strength : {6.0F, 12.0F, 30.0F, 100.0F, 1000.0F}) {
        const double now = surest(
            clicks_with_copy({}, comparison(Relation::SameMaster, {left_of_click(strength)})));
        EXPECT_GE(now, before);
        before = now;
    }
}

} // namespace
} // namespace spindle::grade
