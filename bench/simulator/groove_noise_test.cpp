// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>

#include "simulator/groove_noise.h"
#include "simulator/level.h"
#include "simulator/response.h"
#include "simulator/test_signals.h"
#include "simulator/wear.h"

namespace spindle::simulator {
namespace {

constexpr SampleRate kRate{44100};
constexpr double kTurn = 1.8;

/// Power per hertz, in dB.
double density(const std::vector<float>& samples, double low, double high) {
    return 10 * std::log10(*energy_through(samples, kRate, band(low, high)) / (high - low));
}

TEST(GrooveNoise, HasTheSpectrumDrawn) {
    GrooveNoise kind;
    kind.low_slope = -5;
    kind.high_slope = -3;
    kind.turning = 0;
    const auto noise = *make_groove_noise(kind, 44100 * 10, kRate, kTurn, 1);
    const double middle = density(noise.left, 600, 950);
    EXPECT_NEAR(density(noise.left, 120, 130) - middle, 10, 1.5); // two octaves below 500 Hz
    EXPECT_NEAR(density(noise.left, 3900, 4100) - middle, -6, 1); // two above 1 kHz
    EXPECT_LT(density(noise.left, 19000, 20000), density(noise.left, 12000, 13000) - 5);
}

TEST(GrooveNoise, LiesInBothWallsAlike) {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const auto noise =
            *make_groove_noise(draw_groove_noise(seed), 44100 * 4, kRate, kTurn, seed);
        double middle = 0;
        double side = 0;
        for (std::size_t n = 0; n < noise.size(); ++n) {
            middle += std::pow(static_cast<double>(noise.left[n] + noise.right[n]), 2);
            side += std::pow(static_cast<double>(noise.left[n] - noise.right[n]), 2);
        }
        EXPECT_NEAR(10 * std::log10(side / middle), 0, 3);
    }
}

TEST(GrooveNoise, TurnsWithTheRecord) {
    GrooveNoise kind;
    kind.turning = 0.3;
    kind.drifting_db = 0;
    StereoSound steady(44100 * 9, kRate);
    steady.left.assign(steady.size(), 1.0F);
    let_turn(steady, kind, kTurn, 1);
    EXPECT_GT(peak(steady.left), 1.05F);
    const auto turn = static_cast<std::size_t>(kTurn * kRate.hz);
    for (std::size_t n = 0; n + turn < steady.size(); n += 5000) {
        EXPECT_NEAR(steady.left[n], steady.left[n + turn], 3e-3);
    }
}

TEST(GrooveNoise, AWeightedLevelOfBothChannels) {
    StereoSound sound(44100 * 2, kRate);
    sound.left = testing::sine(1000, kRate, 2, 1);
    EXPECT_NEAR(decibel_of(*weighted_level(sound)), -6.02, 0.1); // a half, of which a half
    EXPECT_EQ(*weighted_level(StereoSound(0, kRate)), 0);
}

StereoSound music_of(double seconds) {
    StereoSound music(static_cast<std::size_t>(seconds * kRate.hz), kRate);
    music.left = testing::melody(kRate, seconds, 1);
    music.right = testing::melody(kRate, seconds, 2);
    return music;
}

TEST(Wear, IsAsLoudAsTheMusicInItsBand) {
    const auto music = music_of(10);
    const auto worn = *make_wear(music, draw_wear(1), 0.1, 1);
    EXPECT_NEAR(*wear_band_energy(worn) / *wear_band_energy(music), 1, 1e-3);
}

TEST(Wear, GrowsWithTheTrebleAndTowardsTheMiddle) {
    StereoSound music(44100 * 4, kRate);
    const auto loud = testing::sine(4000, kRate, 1, 0.2);
    const auto soft = testing::sine(4000, kRate, 1, 0.05);
    std::ranges::copy(loud, music.left.begin());
    std::ranges::copy(soft, music.left.begin() + 44100);
    std::ranges::copy(soft, music.left.begin() + 3 * 44100);
    const auto worn = *make_wear(music, draw_wear(1), 0.1, 1);
    const auto level = [&](std::size_t second) {
        return rms(std::span(worn.left).subspan(second * 44100 + 4410, 35000));
    };
    EXPECT_GT(level(0), 4 * level(1)); // more than the level of the music alone would make it
    EXPECT_GT(level(3), 1.3 * level(1));
    EXPECT_LT(level(2), 1e-3 * level(1));
    EXPECT_EQ(rms(worn.right), 0);
}

TEST(Wear, OfSilenceIsSilence) {
    const StereoSound silence(44100, kRate);
    EXPECT_EQ(rms(make_wear(silence, draw_wear(1), 0.1, 1)->left), 0);
    EXPECT_EQ(rms(make_wear(silence, draw_wear(1), 0, 1)->left), 0);
}

} // namespace
} // namespace spindle::simulator
