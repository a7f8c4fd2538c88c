// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <span>

#include <gtest/gtest.h>

#include "simulator/equaliser.h"
#include "simulator/level.h"
#include "simulator/test_signals.h"

namespace spindle::simulator {
namespace {

constexpr SampleRate kRate{44100};

double gain_at(double hertz, std::uint64_t seed) {
    const auto tone = testing::sine(hertz, kRate, 1);
    Random random(seed);
    const auto heard = equalise(tone, kRate, 9, random);
    EXPECT_TRUE(heard);
    const std::size_t edge = 5000;
    return decibel_of(rms(std::span(*heard).subspan(edge, 30000)) /
                      rms(std::span(tone).subspan(edge, 30000)));
}

TEST(Equaliser, StaysWithinTheRangeAndUsesIt) {
    double lowest = 0;
    double highest = 0;
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
        for (const double hertz : {50., 75., 112., 170., 255., 380., 570., 860., 1290., 1930.,
                                   2900., 4350., 6500., 9800.}) {
            const double gain = gain_at(hertz, seed);
            lowest = std::min(lowest, gain);
            highest = std::max(highest, gain);
        }
    }
    EXPECT_GE(lowest, -9.3);
    EXPECT_LT(lowest, -6);
    EXPECT_LE(highest, 9.3);
    EXPECT_GT(highest, 6);
}

TEST(Equaliser, IsSmoothSoThatNeighbouringNotesKeepTheirBalance) {
    for (const double hertz : {200., 260., 340., 440., 570., 740., 970., 1250., 1630., 2100., 2750.,
                               3600., 4700., 6100.}) {
        // 18 dB over 0.78 octaves by a half cosine is at most 36 dB an octave: 3 dB a semitone.
        EXPECT_LT(std::abs(gain_at(hertz, 3) - gain_at(hertz * 1.0595, 3)), 3.1) << hertz;
    }
}

TEST(Equaliser, MovesNothingInTime) {
    const auto music = testing::melody(kRate, 2, 4);
    Random random(8);
    const auto heard = equalise(music, kRate, 9, random);
    ASSERT_TRUE(heard);
    EXPECT_EQ(testing::delay_of(*heard, music, 50), 0);
}

} // namespace
} // namespace spindle::simulator
