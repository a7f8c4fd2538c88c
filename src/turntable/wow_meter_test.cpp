// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

#include "turntable/wow_meter.h"

namespace spindle::turntable {
namespace {

/// Landmarks of a minute of music on a platter with this wow, scattered as found landmarks are.
WowMeter heard(double wow, double turns_per_minute, double speed, double seconds) {
    std::mt19937 random(5);
    std::normal_distribution<double> scatter(0, 0.004);
    WowMeter meter;
    const double omega = 2 * std::numbers::pi * turns_per_minute / 60 * speed;
    for (double start = 100; start < 100 + seconds; start += 6) {
        std::vector<fingerprint::LandmarkPair> pairs;
        for (double at = 0; at < 6; at += 0.05) {
            const double t = start + at;
            const double file = 30 + speed * t - wow * speed / omega * std::cos(omega * t + 1);
            const double noisy = at + scatter(random);
            pairs.push_back(
                {{static_cast<std::uint32_t>(std::max(0.0, std::round(noisy / 0.004))), 100, 0},
                 {static_cast<std::uint32_t>(std::round(file / 0.004)), 100, 0}});
        }
        meter.add(pairs, Seconds{start}, speed);
    }
    return meter;
}

TEST(WowMeter, MeasuresAnOffCentreRecord) {
    for (const double wow : {0.001, 0.003}) {
        for (const double rate : {100.0 / 3, 45.0}) {
            const auto found = heard(wow, rate, 1.004, 240).wow();
            ASSERT_TRUE(found);
            EXPECT_NEAR(found->peak, wow, 4 * found->error);
            EXPECT_NEAR(found->peak, wow, 0.0006);
            EXPECT_DOUBLE_EQ(found->turns_per_minute, rate);
        }
    }
}

TEST(WowMeter, FindsLittleWhereThereIsNone) {
    const auto found = heard(0, 45, 1, 240).wow();
    ASSERT_TRUE(found);
    EXPECT_LT(found->peak, 0.0006);
}

TEST(WowMeter, WaitsForEnoughMusic) {
    EXPECT_FALSE(heard(0.002, 45, 1, 12).wow());
}

} // namespace
} // namespace spindle::turntable
