// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "grade/surface/made_sides.h"
#include "grade/surface/noise_meter.h"
#include "grade/surface/weighting.h"

namespace spindle::grade {
namespace {

NoiseFigures noise_of(const MadeSide& side) {
    auto frames = SpectralFrames::create({side.rate});
    EXPECT_TRUE(frames);
    SurfaceTracker tracker(*frames);
    frames->feed(side.sound(), [&](const SpectralFrame& frame) { tracker.feed(frame); });
    const SurfaceTrack track = tracker.finish(Seconds(side.seconds()));
    return measure_noise(track, find_grooves(track));
}

/// What white noise of `db` has after a weighting.
double weighted_white(double db, int rate, double (*weighting)(double)) {
    double sum = 0;
    constexpr int kSteps = 20000;
    for (int i = 0; i < kSteps; ++i) {
        sum += std::pow(weighting((i + 0.5) * rate / 2 / kSteps), 2);
    }
    return db + 10 * std::log10(sum / kSteps);
}

MadeSide side_with(double noise_db, int rate = 44100) {
    MadeSide side(45, rate);
    side.add_noise(0, 45, noise_db, 2);
    side.add_music(5, 20, -12, 3);
    side.add_music(23, 40, -12, 4);
    return side;
}

TEST(NoiseMeter, MeasuresTheGrooveWithinATenthOfADecibel) {
    for (const int rate : {16000, 44100, 48000, 96000}) {
        const NoiseFigures noise = noise_of(side_with(-50, rate));
        ASSERT_TRUE(noise.silent) << rate;
        EXPECT_NEAR(noise.silent->a_db, weighted_white(-50, rate, a_weighting), 0.15) << rate;
        EXPECT_NEAR(noise.silent->itu_db, weighted_white(-50, rate, itu_weighting), 0.15) << rate;
        EXPECT_NEAR(noise.silent->a_mid_db, noise.silent->a_db - 3, 0.2);
        EXPECT_NEAR(noise.silent->a_side_db, noise.silent->a_db - 3, 0.2);
        EXPECT_NEAR(noise.silent->heard.count(), 10.5, 2);
        EXPECT_LT(noise.silent->spread_db, 1.5);
    }
}

TEST(NoiseMeter, GivesTheSpectrumInThirdsOfOctaves) {
    const NoiseFigures noise = noise_of(side_with(-50));
    ASSERT_TRUE(noise.silent);
    ASSERT_EQ(noise.silent->thirds.size(), 23U); // the one at 20 kHz ends above 22.05 kHz
    for (const BandNoise& third : noise.silent->thirds) {
        const double expected = -53 + 10 * std::log10((third.to_hz - third.from_hz) / 22050);
        EXPECT_NEAR(third.mid_db, expected, third.from_hz < 800 ? 2.5 : 0.6) << third.from_hz;
        EXPECT_NEAR(third.side_db, expected, third.from_hz < 800 ? 2.5 : 0.6) << third.from_hz;
    }
}

TEST(NoiseMeter, DoesNotCountClicks) {
    MadeSide side = side_with(-50);
    const NoiseFigures before = noise_of(side);
    for (double when = 0.05; when < 45; when += 0.15) {
        side.add_click(when, 0.3);
    }
    const NoiseFigures after = noise_of(side);
    ASSERT_TRUE(before.silent && after.silent);
    EXPECT_NEAR(after.silent->a_db, before.silent->a_db, 0.3);
    EXPECT_GT(after.silent->spread_db, before.silent->spread_db + 3);
}

TEST(NoiseMeter, FollowsTheGain) {
    MadeSide side = side_with(-50);
    const NoiseFigures before = noise_of(side);
    side.turn_up(-13);
    const NoiseFigures after = noise_of(side);
    ASSERT_TRUE(before.silent && after.silent && before.music && after.music);
    EXPECT_NEAR(after.silent->a_db, before.silent->a_db - 13, 0.02);
    EXPECT_NEAR(after.music->a_db, before.music->a_db - 13, 0.02);
}

TEST(NoiseMeter, FindsTheFloorUnderTheMusic) {
    for (const double level : {-40.0, -55.0}) {
        const NoiseFigures noise = noise_of(side_with(level));
        ASSERT_TRUE(noise.music);
        ASSERT_EQ(noise.music->bands.size(), 6U);
        for (std::size_t i = 3; i < 6; ++i) { // the notes fill what is below
            const BandNoise& band = noise.music->bands[i];
            const double expected =
                level - 3 + 10 * std::log10((band.to_hz - band.from_hz) / 22050);
            EXPECT_NEAR(band.side_db, expected, 3) << level << " " << band.from_hz;
        }
    }
}

TEST(NoiseMeter, FollowsTheNoiseUnderTheMusicAlone) {
    double before = -1000;
    for (const double level : {-70.0, -60.0, -50.0, -40.0}) {
        MadeSide side(30);
        side.add_noise(0, 30, level, 2);
        side.add_music(0, 30, -12, 3);
        const NoiseFigures noise = noise_of(side);
        EXPECT_FALSE(noise.silent);
        ASSERT_TRUE(noise.music);
        EXPECT_GT(noise.music->a_db, before + 3);
        before = noise.music->a_db;
    }
}

TEST(NoiseMeter, FindsNoiseAboveTheProgramme) {
    const NoiseFigures noise = noise_of(side_with(-50)); // the notes end at 7 kHz
    ASSERT_TRUE(noise.above);
    EXPECT_LT(noise.above->from_hz, 12000);
    const double expected =
        -53 + 10 * std::log10((noise.above->to_hz - noise.above->from_hz) / 22050);
    EXPECT_NEAR(noise.above->mid_db, expected, 0.5);
}

TEST(NoiseMeter, KnowsThatMonoHasNoSide) {
    MadeSide side = side_with(-50);
    side.right = side.left;
    const NoiseFigures noise = noise_of(side);
    ASSERT_TRUE(noise.silent && noise.music);
    EXPECT_NEAR(noise.silent->a_db, weighted_white(-50, 44100, a_weighting), 0.2);
    EXPECT_LT(noise.silent->a_side_db, -150);
    EXPECT_FALSE(noise.music->mid_over_side_db);
}

TEST(NoiseMeter, SaysNothingOfWhatItDoesNotHear) {
    EXPECT_FALSE(noise_of(MadeSide(10)).silent);
    EXPECT_FALSE(noise_of(MadeSide(10)).music);
    EXPECT_FALSE(noise_of(MadeSide(0)).silent);
}

} // namespace
} // namespace spindle::grade
