// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <numbers>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "image/quad.h"

namespace spindle::image {
namespace {

/// An upright box, turned by `angle` radians about its centre.
Quad box(Point center, double length, double thickness, double angle = 0) {
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    const auto corner = [&](double along, double across) {
        return Point{center.x + along * length / 2 * c - across * thickness / 2 * s,
                     center.y + along * length / 2 * s + across * thickness / 2 * c};
    };
    return {{corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)}};
}

Quad mirrored(const Quad& quad) {
    const auto& c = quad.corners;
    return {{c[3], c[2], c[1], c[0]}};
}

/// A box anywhere, of any direction, neither tiny nor huge.
rc::Gen<Quad> any_box() {
    const auto number = [](int low, int high) {
        return rc::gen::map(rc::gen::inRange(low * 100, high * 100),
                            [](int hundredths) { return hundredths / 100.0; });
    };
    return rc::gen::map(rc::gen::tuple(number(-50, 50), number(-50, 50), number(1, 60),
                                       number(1, 60), number(0, 7)),
                        [](const auto& n) {
                            return box({std::get<0>(n), std::get<1>(n)}, std::get<2>(n),
                                       std::get<3>(n), std::get<4>(n));
                        });
}

TEST(Quad, KnowsItsLengthThicknessAndAreaInAnyDirection) {
    for (const double angle : {0.0, 0.4, std::numbers::pi / 2, 3.0}) {
        const Quad quad = box({500, 400}, 300, 20, angle);
        EXPECT_NEAR(length_of(quad), 300, 1e-9);
        EXPECT_NEAR(thickness_of(quad), 20, 1e-9);
        EXPECT_NEAR(area_of(quad), 6000, 1e-6);
        EXPECT_TRUE(is_convex(quad));
    }
}

TEST(Quad, TakesTheMeanOfUnequalEdges) {
    const Quad trapeze{{Point{0, 0}, Point{100, 0}, Point{90, 20}, Point{10, 20}}};
    EXPECT_DOUBLE_EQ(length_of(trapeze), 90);
    EXPECT_DOUBLE_EQ(area_of(trapeze), 1800);
}

TEST(Quad, TurnedAroundIsReadFromTheOtherEnd) {
    const Quad quad = box({10, 10}, 8, 4);
    const Quad turned = turned_around(quad);
    EXPECT_EQ(turned.corners[0], quad.corners[2]);
    EXPECT_EQ(turned_around(turned), quad);
    EXPECT_DOUBLE_EQ(overlap_of(quad, turned), 1);
}

TEST(Quad, OverlapsByTheSharedPart) {
    EXPECT_DOUBLE_EQ(overlap_of(box({0, 0}, 10, 10), box({5, 0}, 10, 10)), 1.0 / 3);
    EXPECT_DOUBLE_EQ(overlap_of(box({0, 0}, 10, 10), box({0, 0}, 5, 5)), 0.25);
    EXPECT_DOUBLE_EQ(overlap_of(box({0, 0}, 10, 10), box({10, 0}, 10, 10)), 0); // touching
    // A square and the same one turned by 45 degrees share a regular octagon.
    const double octagon = 2 * (std::numbers::sqrt2 - 1);
    EXPECT_NEAR(overlap_of(box({9, 9}, 1, 1), box({9, 9}, 1, 1, std::numbers::pi / 4)),
                octagon / (2 - octagon), 1e-12);
}

TEST(Quad, HasNoOverlapWithoutArea) {
    const Quad line{{Point{0, 0}, Point{10, 0}, Point{10, 0}, Point{0, 0}}};
    Quad broken = box({0, 0}, 10, 10);
    broken.corners[2].x = std::numeric_limits<double>::quiet_NaN();
    Quad endless = box({0, 0}, 10, 10);
    endless.corners[1].x = std::numeric_limits<double>::infinity();
    for (const Quad& odd : {line, broken, endless}) {
        EXPECT_EQ(overlap_of(odd, box({0, 0}, 10, 10)), 0);
        EXPECT_EQ(overlap_of(box({0, 0}, 10, 10), odd), 0);
        EXPECT_EQ(overlap_of(odd, odd), 0);
        EXPECT_FALSE(is_convex(odd));
    }
    EXPECT_EQ(area_of(line), 0);
}

TEST(Quad, IsNotConvexWhenItsEdgesCrossOrItHasADent) {
    EXPECT_FALSE(is_convex({{Point{0, 0}, Point{10, 10}, Point{10, 0}, Point{0, 10}}}));
    EXPECT_FALSE(is_convex({{Point{0, 0}, Point{10, 0}, Point{2, 2}, Point{0, 10}}}));
    EXPECT_TRUE(is_convex(mirrored(box({0, 0}, 4, 2))));
}

RC_GTEST_PROP(Quad, OverlapIsTheSameBothWaysAndBetweenNoneAndAll, ()) {
    const Quad a = *any_box();
    const Quad b = *any_box();
    const double overlap = overlap_of(a, b);
    RC_ASSERT(overlap >= 0);
    RC_ASSERT(overlap <= 1);
    RC_ASSERT(std::abs(overlap - overlap_of(b, a)) < 1e-9);
    RC_ASSERT(std::abs(overlap - overlap_of(mirrored(a), b)) < 1e-9);
    RC_ASSERT(std::abs(overlap_of(a, a) - 1) < 1e-9);
}

RC_GTEST_PROP(Quad, OverlapDoesNotChangeWhenBothMove, ()) {
    const Quad a = *any_box();
    const Quad b = *any_box();
    const auto moved = [](Quad quad) {
        for (Point& corner : quad.corners) {
            corner = {corner.x + 3000, corner.y - 1000};
        }
        return quad;
    };
    RC_ASSERT(std::abs(overlap_of(a, b) - overlap_of(moved(a), moved(b))) < 1e-9);
}

RC_GTEST_PROP(Quad, OverlapIsThePartOfPointsThatLieInBoth, ()) {
    // Two upright boxes: their common part is known in closed form.
    const auto side = [] { return *rc::gen::inRange(1, 40) * 1.0; };
    const auto place = [] { return *rc::gen::inRange(-20, 20) * 1.0; };
    const Point at{place(), place()};
    const double aw = side();
    const double ah = side();
    const double bw = side();
    const double bh = side();
    const auto common = [](double middle, double one, double other) {
        return std::max(0.0, std::min(one / 2, middle + other / 2) -
                                 std::max(-one / 2, middle - other / 2));
    };
    const double shared = common(at.x, aw, bw) * common(at.y, ah, bh);
    const double expected = shared / (aw * ah + bw * bh - shared);
    RC_ASSERT(std::abs(overlap_of(box({0, 0}, aw, ah), box(at, bw, bh)) - expected) < 1e-9);
}

} // namespace
} // namespace spindle::image
