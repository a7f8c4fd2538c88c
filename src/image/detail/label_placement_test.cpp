// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "image/detail/label_placement.h"

namespace spindle::image::detail {
namespace {

Quad spine(double x, double y, double length, double thickness, double angle = 0) {
    return rectangle({x, y}, {length, thickness}, angle);
}

bool is_inside(const Quad& place, double width, double height) {
    return std::ranges::all_of(place.corners, [&](const Point& corner) {
        return corner.x >= 0 && corner.y >= 0 && corner.x <= width && corner.y <= height;
    });
}

TEST(LabelPlacement, BeginsAtTheEndNamed) {
    const LabelPlacement placement(1000, 500, 2);
    const Quad one = spine(500, 250, 800, 40);
    EXPECT_LT(middle_of(*placement.along(one, {80, 30}, From::Beginning)).x, 160);
    EXPECT_GT(middle_of(*placement.along(one, {80, 30}, From::End)).x, 840);
    // Read from right to left, its beginning is at the right.
    EXPECT_GT(middle_of(*placement.along(turned_around(one), {80, 30}, From::Beginning)).x, 840);
}

TEST(LabelPlacement, IsNeverUpsideDown) {
    for (int degrees = -180; degrees <= 180; degrees += 5) {
        const double angle = degrees * std::numbers::pi / 180;
        EXPECT_LE(std::abs(label_direction(spine(500, 500, 300, 30, angle))),
                  100.001 * std::numbers::pi / 180)
            << degrees;
    }
    EXPECT_NEAR(label_direction(spine(500, 500, 300, 30, std::numbers::pi)), 0, 1e-9);
}

TEST(LabelPlacement, FindsNoneWhereALabelDoesNotFit) {
    LabelPlacement placement(1000, 500, 2);
    EXPECT_FALSE(placement.along(spine(500, 250, 70, 40), {80, 30}, From::End));
    EXPECT_FALSE(placement.along(spine(500, -50, 800, 40), {80, 30}, From::End)); // outside
    placement.take(spine(500, 250, 990, 60));
    EXPECT_FALSE(placement.along(spine(500, 250, 800, 40), {80, 30}, From::End));
}

TEST(LabelPlacement, MovesOnWhereAPlaceIsTaken) {
    LabelPlacement placement(1000, 500, 2);
    const Quad one = spine(500, 250, 800, 40);
    const Quad first = *placement.along(one, {80, 30}, From::Beginning);
    placement.take(first);
    const Quad second = *placement.along(one, {80, 30}, From::Beginning);
    EXPECT_EQ(overlap_of(first, second), 0);
    EXPECT_LT(middle_of(second).x, 300);
}

TEST(LabelPlacement, StaysOffOtherSpinesBesideItsOwn) {
    LabelPlacement placement(1000, 600, 2);
    const Quad own = spine(500, 300, 60, 300);
    const Quad neighbour = spine(500, 120, 900, 100);
    placement.keep_off(own);
    placement.keep_off(neighbour);
    const auto place = placement.beside(own, {200, 30});
    ASSERT_TRUE(place);
    EXPECT_EQ(overlap_of(*place, own), 0);
    EXPECT_EQ(overlap_of(*place, neighbour), 0);
    EXPECT_DOUBLE_EQ(place->corners[0].y, place->corners[1].y); // upright
    placement.keep_off(spine(500, 300, 1000, 600));
    EXPECT_FALSE(placement.beside(own, {200, 30}));
}

TEST(LabelPlacement, EnduresOddSpines) {
    const LabelPlacement placement(1000, 600, 2);
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    for (const double odd : {kNan, std::numeric_limits<double>::infinity(), 1e300, 0.0}) {
        Quad quad = spine(odd, odd, odd, odd);
        static_cast<void>(placement.along(quad, {80, 30}, From::End));
        static_cast<void>(placement.beside(quad, {80, 30}));
        quad.corners[0] = {1, 1};
        EXPECT_FALSE(placement.along(quad, {0, 0}, From::End) && std::isnan(odd));
    }
}

RC_GTEST_PROP(LabelPlacement, NeitherCoversAnotherNorLeavesThePicture, ()) {
    LabelPlacement placement(800, 600, 2);
    std::vector<Quad> taken;
    const int count = *rc::gen::inRange(1, 25);
    for (int i = 0; i < count; ++i) {
        const Quad one = spine(*rc::gen::inRange(-50, 850), *rc::gen::inRange(-50, 650),
                               *rc::gen::inRange(20, 500), *rc::gen::inRange(5, 80),
                               *rc::gen::inRange(0, 628) / 100.0);
        const LabelSize size{*rc::gen::inRange(10, 150) * 1.0, *rc::gen::inRange(10, 40) * 1.0};
        auto place = placement.along(one, size, From::End);
        if (!place) {
            place = placement.beside(one, size);
        }
        if (!place) {
            continue;
        }
        RC_ASSERT(is_inside(*place, 800, 600));
        RC_ASSERT(std::abs(length_of(*place) - size.width) < 1e-6);
        for (const Quad& other : taken) {
            RC_ASSERT(overlap_of(*place, other) == 0);
        }
        taken.push_back(*place);
        placement.take(*place);
    }
}

} // namespace
} // namespace spindle::image::detail
