// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "shelf/spine_map_samples.h"
#include "shelf/spine_tracing.h"

namespace spindle::shelf {
namespace {

using samples::case_at;
using samples::maps_of;

/// The best overlap of any found spine with `quad`.
double found_as(const std::vector<Spine>& found, const image::Quad& quad) {
    double best = 0;
    for (const Spine& spine : found) {
        best = std::max(best, image::overlap_of(spine.quad, quad));
    }
    return best;
}

std::vector<image::Quad> stack(int count, double thickness, double degrees) {
    std::vector<image::Quad> cases;
    const double angle = degrees * 3.14159265358979 / 180;
    for (int i = 0; i < count; ++i) {
        const double v = (i - (count - 1) / 2.0) * thickness;
        cases.push_back(case_at(400 - v * std::sin(angle), 300 + v * std::cos(angle), 360,
                                thickness - 0.5, degrees));
    }
    return cases;
}

RC_GTEST_PROP(SpineTracing, TellsTouchingNeighboursApartAtAnyAngleAndThickness, ()) {
    const int thickness = *rc::gen::inRange(9, 46);
    const int degrees = *rc::gen::inRange(-40, 220); // up to the direction agreed on, and beyond it
    const auto cases = stack(300 / thickness, thickness, degrees);
    const auto found = trace_spines(maps_of(800, 600, cases));
    RC_ASSERT(found.size() == cases.size());
    for (const image::Quad& quad : cases) {
        RC_ASSERT(found_as(found, quad) > 0.85);
    }
}

TEST(SpineTracing, KeepsTheReadingDirectionOfTheWords) {
    for (const double degrees : {0.0, 90.0, 180.0, 270.0, 65.0, 245.0}) {
        const auto quad = case_at(400, 300, 420, 30, degrees);
        const auto found = trace_spines(maps_of(800, 600, {quad}));
        ASSERT_EQ(found.size(), 1U) << degrees;
        for (std::size_t i = 0; i < 4; ++i) {
            EXPECT_NEAR(found[0].quad.corners[i].x, quad.corners[i].x, 3) << degrees << ", " << i;
            EXPECT_NEAR(found[0].quad.corners[i].y, quad.corners[i].y, 3) << degrees << ", " << i;
        }
        EXPECT_GT(found[0].direction, 0.9);
    }
}

TEST(SpineTracing, JoinsWhatGlareCutInTwo) {
    const auto quad = case_at(400, 300, 500, 28, 3);
    SpineMaps maps = maps_of(800, 600, {quad});
    for (int row = 0; row < maps.height; ++row) {
        for (int column = 90; column < 102; ++column) { // 48 pixels without a core
            maps.values[static_cast<std::size_t>(row * maps.width + column)] = 0.1F;
        }
    }
    const auto found = trace_spines(maps);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_GT(image::overlap_of(found[0].quad, quad), 0.9);
}

TEST(SpineTracing, DoesNotJoinTwoInARow) {
    const auto left = case_at(210, 300, 370, 28, 0);
    const auto right = case_at(590, 300, 370, 28, 0); // their ends 10 pixels apart
    const auto found = trace_spines(maps_of(800, 600, {left, right}));
    ASSERT_EQ(found.size(), 2U);
    EXPECT_GT(found_as(found, left), 0.9);
    EXPECT_GT(found_as(found, right), 0.9);
}

TEST(SpineTracing, FollowsPerspective) {
    const image::Quad quad{{{{100, 200}, {700, 240}, {700, 275}, {100, 250}}}};
    const auto found = trace_spines(maps_of(800, 600, {quad}));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_GT(image::overlap_of(found[0].quad, quad), 0.9);
}

TEST(SpineTracing, FindsNothingInNothing) {
    EXPECT_TRUE(trace_spines(maps_of(800, 600, {})).empty());
    EXPECT_TRUE(trace_spines(SpineMaps{}).empty());
}

TEST(SpineTracing, SurvivesMapsOfRubbish) {
    std::mt19937 random(5);
    std::uniform_real_distribution<float> wild(-200, 200);
    SpineMaps maps = maps_of(400, 400, {});
    for (float& value : maps.values) {
        value = wild(random);
    }
    maps.values[3] = std::numeric_limits<float>::quiet_NaN();
    maps.values[maps.cells() * 5 + 7] = std::numeric_limits<float>::infinity();
    for (const Spine& spine : trace_spines(maps)) {
        for (const image::Point& corner : spine.quad.corners) {
            EXPECT_TRUE(std::isfinite(corner.x) && std::isfinite(corner.y));
        }
    }
}

} // namespace
} // namespace spindle::shelf
