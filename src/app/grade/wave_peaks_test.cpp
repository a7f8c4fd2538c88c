// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>

#include "app/grade/wave_peaks.h"
#include "testing/tagged_wav.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

TEST(WavePeaks, AreThoseOfThePartThatIsAskedFor) {
    const testing::TempFolder folder;
    const auto wav = folder / "a.wav";
    testing::write_tagged_wav(wav, {1, "a", "Ann", "First", 0, 2.0});
    ASSERT_TRUE(write_wave_peaks(wav, folder / "peaks", {}));
    const auto all = read_wave_peaks(folder / "peaks", Seconds{0}, Seconds{0}, 100).value();
    ASSERT_EQ(all.low.size(), 100U);
    ASSERT_EQ(all.high.size(), 100U);
    EXPECT_NEAR(all.to.count(), 2.0, 0.01);
    float loudest = 0;
    for (std::size_t i = 0; i < all.low.size(); ++i) {
        EXPECT_LE(all.low[i], all.high[i]);
        loudest = std::max(loudest, all.high[i]);
    }
    EXPECT_GT(loudest, 0.01F);
    const auto part = read_wave_peaks(folder / "peaks", Seconds{0.5}, Seconds{1}, 10).value();
    EXPECT_NEAR(part.from.count(), 0.5, 0.01);
    EXPECT_NEAR(part.to.count(), 1.0, 0.01);
    EXPECT_EQ(part.low.size(), 10U);
    // Behind the end there is nothing; finer than it is kept there is no more.
    EXPECT_TRUE(read_wave_peaks(folder / "peaks", Seconds{5}, Seconds{6}, 10).value().low.empty());
    EXPECT_LT(read_wave_peaks(folder / "peaks", Seconds{1}, Seconds{1.01}, 1000).value().low.size(),
              20U);
}

TEST(WavePeaks, WhatIsNoneIsSaidSo) {
    const testing::TempFolder folder;
    testing::write_tagged_wav(folder / "a.wav", {1, "a", "Ann", "First", 0, 0.1});
    EXPECT_EQ(read_wave_peaks(folder / "a.wav", Seconds{0}, Seconds{0}, 10).error().code,
              Code::BadInput);
    EXPECT_EQ(read_wave_peaks(folder / "none", Seconds{0}, Seconds{0}, 10).error().code,
              Code::NotFound);
}

} // namespace
} // namespace spindle::app
