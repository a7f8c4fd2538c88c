// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "app/dig/plane_map.h"

namespace spindle::app {
namespace {

/// A board seen from the left, turned and further away.
constexpr PlaneMap kAskew{{0.8, -0.2, 300, 0.15, 0.7, -40, 8e-5, -3e-5, 1}};

std::vector<PointPair> seen_through(const PlaneMap& map) {
    std::vector<PointPair> pairs;
    for (double x = 100; x < 4000; x += 900) {
        for (double y = 50; y < 3000; y += 700) {
            pairs.push_back({{x, y}, map(image::Point{x, y})});
        }
    }
    return pairs;
}

TEST(PlaneMap, IsFoundAgainFromWhatWasSeenThroughIt) {
    const auto pairs = seen_through(kAskew);
    const auto found = projective_fit(pairs);
    ASSERT_TRUE(found);
    EXPECT_LT(mean_error(*found, pairs), 1e-3);
}

TEST(PlaneMap, OfAPerspectiveViewIsOnlyNearlyAffine) {
    const auto pairs = seen_through(kAskew);
    const auto found = affine_fit(pairs);
    ASSERT_TRUE(found);
    EXPECT_GT(mean_error(*found, pairs), 5);
    EXPECT_LT(mean_error(*found, pairs), 300);
}

TEST(PlaneMap, ThroughTwoPointsTurnsScalesAndMoves) {
    const auto map = similarity_through({{0, 0}, {100, 50}}, {{10, 0}, {100, 70}});
    ASSERT_TRUE(map);
    const image::Point mapped = (*map)(image::Point{0, 10}); // a quarter turn, twice the size
    EXPECT_NEAR(mapped.x, 80, 1e-9);
    EXPECT_NEAR(mapped.y, 50, 1e-9);
}

TEST(PlaneMap, IsNotMadeFromPointsThatDoNotDecideIt) {
    EXPECT_FALSE(similarity_through({{5, 5}, {1, 1}}, {{5, 5}, {2, 2}}));
    const std::vector<PointPair> in_a_row{
        {{0, 0}, {0, 0}}, {{1, 1}, {1, 1}}, {{2, 2}, {2, 2}}, {{3, 3}, {3, 3}}, {{4, 4}, {4, 4}}};
    EXPECT_FALSE(affine_fit(in_a_row));
    EXPECT_FALSE(projective_fit(in_a_row));
    EXPECT_FALSE(affine_fit({}));
}

} // namespace
} // namespace spindle::app
