// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <gtest/gtest.h>

#include "turntable/line_fit.h"

namespace spindle::turntable {
namespace {

TEST(LineFit, KnowsTheSpeedBetterTheLongerItIsFollowed) {
    std::mt19937 random(3);
    std::normal_distribution<double> place(0, 0.003);
    std::normal_distribution<double> window(0, 0.0003);
    LineFit line;
    double before = 1;
    for (int second = 0; second <= 180; ++second) {
        const double t = 1000 + second;
        line.add(Seconds{t}, Seconds{5 + 1.0123 * (t - 1000) + place(random)},
                 1.0123 + window(random));
        if (second == 10 || second == 60 || second == 180) {
            EXPECT_NEAR(line.speed(), 1.0123, 4 * line.speed_error()) << second;
            EXPECT_LT(line.speed_error(), before);
            before = line.speed_error();
        }
    }
    EXPECT_NEAR(line.speed(), 1.0123, 2e-5);
    EXPECT_NEAR(line.start().count(), 1000 - 5 / 1.0123, 0.003);
    EXPECT_NEAR(line.position(Seconds{1200}).count(), 5 + 1.0123 * 200, 0.01);
}

TEST(LineFit, BelievesOneWindow) {
    LineFit line;
    line.add(Seconds{50}, Seconds{20}, 0.98);
    EXPECT_DOUBLE_EQ(line.speed(), 0.98);
    EXPECT_NEAR(line.start().count(), 50 - 20 / 0.98, 1e-9);
}

} // namespace
} // namespace spindle::turntable
