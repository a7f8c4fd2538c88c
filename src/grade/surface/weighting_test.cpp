// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <utility>

#include <gtest/gtest.h>

#include "grade/surface/weighting.h"

namespace spindle::grade {
namespace {

double decibels(double amplitude) {
    return 20 * std::log10(amplitude);
}

TEST(Weighting, FollowsTheTableOfIec61672) {
    using Row = std::pair<double, double>; // exact midband frequencies of nominal thirds of octaves
    for (const auto& [exponent, expected] :
         {Row{-20, -70.4}, Row{-15, -39.4}, Row{-12, -26.2}, Row{-9, -16.1}, Row{-6, -8.6},
          Row{-3, -3.2}, Row{0, 0}, Row{3, 1.2}, Row{6, 1.0}, Row{9, -1.1}, Row{12, -6.6},
          Row{13, -9.3}}) {
        EXPECT_NEAR(decibels(a_weighting(1000 * std::pow(10, exponent / 10))), expected, 0.06)
            << exponent;
    }
    EXPECT_EQ(a_weighting(0), 0);
}

TEST(Weighting, FollowsTheTableOfIturBs468) {
    using Row = std::pair<double, double>;
    for (const auto& [hz, expected] :
         {Row{31.5, -29.9}, Row{63, -23.9},  Row{100, -19.8},  Row{200, -13.8},   Row{400, -7.8},
          Row{800, -1.9},   Row{1000, 0},    Row{2000, 5.6},   Row{3150, 9.0},    Row{4000, 10.5},
          Row{5000, 11.7},  Row{6300, 12.2}, Row{7100, 12.0},  Row{8000, 11.4},   Row{9000, 10.1},
          Row{10000, 8.1},  Row{12500, 0},   Row{14000, -5.3}, Row{16000, -11.7}, Row{20000, -22.2},
          Row{31500, -42.7}}) {
        EXPECT_NEAR(decibels(itu_weighting(hz)), expected, 0.25) << hz;
    }
    EXPECT_NEAR(decibels(itu_weighting(2000)), kArmBelowItuDb, 0.1);
    EXPECT_EQ(itu_weighting(0), 0);
}

} // namespace
} // namespace spindle::grade
