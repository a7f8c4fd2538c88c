// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "audio/level_meter.h"

namespace spindle::audio {
namespace {

std::vector<float> sine(double amplitude, double offset = 0, int count = 48'000) {
    std::vector<float> samples;
    for (int i = 0; i < count; ++i) {
        samples.push_back(static_cast<float>(
            offset + amplitude * std::sin(2 * std::numbers::pi * 1000 * i / 48'000)));
    }
    return samples;
}

TEST(LevelMeter, MeasuresAFullScaleSine) {
    LevelMeter meter(1);
    meter.add(sine(1));
    const auto level = meter.levels().at(0);
    EXPECT_NEAR(level.peak_dbfs, 0, 0.01);
    EXPECT_NEAR(level.rms_dbfs, -3.01, 0.01);
    EXPECT_NEAR(level.dc, 0, 1e-6);
}

TEST(LevelMeter, KeepsChannelsApartAndLeavesTheOffsetOutOfTheLevel) {
    const auto left = sine(0.5);
    const auto right = sine(0.05, 0.1);
    LevelMeter meter(2);
    for (std::size_t i = 0; i < left.size(); ++i) {
        meter.add(std::vector<float>{left[i], right[i]});
    }
    const auto levels = meter.levels();
    EXPECT_NEAR(levels[0].peak_dbfs, -6.02, 0.01);
    EXPECT_NEAR(levels[0].rms_dbfs, -9.03, 0.01);
    EXPECT_NEAR(levels[1].peak_dbfs, 20 * std::log10(0.15), 0.01);
    EXPECT_NEAR(levels[1].rms_dbfs, -29.03, 0.01);
    EXPECT_NEAR(levels[1].dc, 0.1, 1e-6);
    EXPECT_EQ(meter.frames(), left.size());
}

TEST(LevelMeter, CountsFlatTopsAndNoSingleLoudSample) {
    LevelMeter meter(1);
    meter.add(std::vector<float>{0, 1, 0, -1, -1, 0});
    EXPECT_EQ(meter.levels()[0].clipped, 0U);
    meter.add(std::vector<float>{1, 1});
    meter.add(std::vector<float>{1, 1, 0, -1, -1, -1});
    EXPECT_EQ(meter.levels()[0].clipped, 7U);
}

TEST(LevelMeter, SilenceIsAtItsFloorAndAResetForgets) {
    LevelMeter meter(2);
    EXPECT_EQ(meter.levels().size(), 2U);
    meter.add(sine(1));
    meter.reset();
    EXPECT_EQ(meter.frames(), 0U);
    meter.add(std::vector<float>(100, 0.0F));
    EXPECT_EQ(meter.levels()[0].rms_dbfs, kSilenceDbfs);
    EXPECT_EQ(dbfs(0), kSilenceDbfs);
    EXPECT_NEAR(dbfs(0.1), -20, 1e-9);
}

} // namespace
} // namespace spindle::audio
