// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "shelf/overlap.h"

namespace spindle::shelf {
namespace {

Spine lying_at(double x, double y, double length, double thickness, double confidence) {
    Spine spine;
    spine.quad = {{{{x, y}, {x + length, y}, {x + length, y + thickness}, {x, y + thickness}}}};
    spine.confidence = confidence;
    return spine;
}

TEST(Overlap, KeepsTheHeavierOfTwoInOnePlace) {
    const Spine sure = lying_at(0, 0, 100, 10, 0.9);
    const Spine heavy = lying_at(0, 2, 100, 10, 0.8);
    EXPECT_EQ(without_overlaps({{sure, 1}, {heavy, 2}}, 0.35).front().quad, heavy.quad);
    EXPECT_EQ(without_overlaps({{sure, 1}, {heavy, 2}}, 0.35).size(), 1U);
    EXPECT_EQ(without_overlaps({{sure, 2}, {heavy, 1}}, 0.35).front().quad, sure.quad);
}

TEST(Overlap, LeavesNeighboursThatTouch) {
    const auto kept = without_overlaps(
        {{lying_at(0, 0, 100, 10, 0.8), 1}, {lying_at(0, 8, 100, 10, 0.9), 1}}, 0.35);
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_GT(kept[0].confidence, kept[1].confidence); // surest first
}

TEST(Overlap, CountsWhatIsCoveredOfTheSmaller) {
    const Spine wide = lying_at(0, 0, 100, 40, 0.9);
    const Spine inside = lying_at(0, 0, 100, 10, 0.9);
    EXPECT_EQ(without_overlaps({{wide, 2}, {inside, 1}}, 0.35).size(), 1U);
}

TEST(Overlap, WeighsAWholeSpineMoreThanItsHalf) {
    EXPECT_GT(weight_of(lying_at(0, 0, 100, 10, 0.8)), weight_of(lying_at(0, 0, 50, 10, 0.9)));
}

} // namespace
} // namespace spindle::shelf
