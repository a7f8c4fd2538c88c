// SPDX-License-Identifier: Apache-2.0
// The deck, the recorder and dropouts.
#include <cmath>

#include <gtest/gtest.h>

#include "simulator/deck.h"
#include "simulator/dropout.h"
#include "simulator/level.h"
#include "simulator/recorder.h"
#include "simulator/response.h"
#include "simulator/test_signals.h"

namespace spindle::simulator {
namespace {

constexpr SampleRate kRate{44100};

Deck perfect() {
    Deck deck;
    deck.rumble_db = deck.warp_db = deck.hum_db = deck.crosstalk_db = -200;
    deck.response_db = 0;
    return deck;
}

StereoSound tone() {
    StereoSound sound(44100 * 4, kRate);
    sound.left = testing::sine(1000, kRate, 4, 0.1);
    return sound;
}

TEST(Deck, WithoutFaultsChangesNothing) {
    auto sound = tone();
    ASSERT_TRUE(play_on(perfect(), sound, 0, sound.size(), 0.1, 1.8, 1));
    EXPECT_EQ(sound.left, tone().left);
    EXPECT_LT(peak(sound.right), 1e-9F);
}

TEST(Deck, RumblesUpAndDownAndLow) {
    Deck deck = perfect();
    deck.rumble_db = -40;
    deck.sideways = 0;
    StereoSound sound(44100 * 10, kRate);
    ASSERT_TRUE(play_on(deck, sound, 44100, sound.size(), 0.1, 1.8, 1));
    EXPECT_EQ(peak(std::span(sound.left).first(44100)), 0); // the needle is up
    EXPECT_NEAR(decibel_of(rms(std::span(sound.left).subspan(50000))), -60, 0.5);
    for (std::size_t n = 0; n < sound.size(); n += 1000) {
        EXPECT_NEAR(sound.left[n], -sound.right[n], 1e-9);
    }
    EXPECT_LT(*energy_through(sound.left, kRate, band(200, 2e4)),
              0.01 * *energy_through(sound.left, kRate, band(0, 100)));
}

TEST(Deck, HumsAtTheMains) {
    Deck deck = perfect();
    deck.hum_db = -50;
    deck.mains = 60;
    StereoSound sound(44100 * 4, kRate);
    ASSERT_TRUE(play_on(deck, sound, 0, 0, 0.1, 1.8, 1));
    EXPECT_NEAR(decibel_of(rms(sound.left)), -70, 0.01);
    EXPECT_LT(*energy_through(sound.left, kRate, band(78, 102)),
              0.01 * *energy_through(sound.left, kRate, band(40, 800)));
}

TEST(Deck, LeaksAndLeans) {
    Deck deck = perfect();
    deck.balance_db = 2;
    deck.crosstalk_db = -26;
    auto sound = tone();
    ASSERT_TRUE(play_on(deck, sound, 0, sound.size(), 0.1, 1.8, 1));
    EXPECT_NEAR(decibel_of(rms(sound.left) / rms(tone().left)), 1, 0.01);
    EXPECT_NEAR(decibel_of(rms(sound.right) / rms(tone().left)), -27, 0.01);
}

TEST(Recorder, SetsTheLevelAndRoundsToItsSteps) {
    Recorder recorder;
    recorder.programme_dbfs = -30;
    auto sound = tone();
    ASSERT_TRUE(record(recorder, sound, 0.1, 1));
    EXPECT_NEAR(decibel_of(rms(sound.left) / rms(tone().left)), -10, 0.01);
    for (std::size_t n = 0; n < sound.size(); n += 100) {
        EXPECT_EQ(sound.left[n], std::round(sound.left[n] * 32768) / 32768);
    }
    EXPECT_NEAR(decibel_of(rms(sound.right)), -80, 0.5);
}

TEST(Recorder, MakesOneChannelOfTwo) {
    for (const auto mixdown : {Mixdown::Mean, Mixdown::Left, Mixdown::Right}) {
        Recorder recorder;
        recorder.mixdown = mixdown;
        auto sound = tone();
        ASSERT_TRUE(record(recorder, sound, 0.1, 1));
        EXPECT_EQ(sound.left, sound.right);
    }
}

TEST(Recorder, CutsOffTheTopAndWhatIsTooLoud) {
    Recorder recorder;
    recorder.top_hertz = 13000;
    recorder.programme_dbfs = 20;
    StereoSound sound(44100, kRate);
    sound.left = testing::sine(18000, kRate, 1, 0.001);
    sound.right = testing::sine(1000, kRate, 1, 0.5);
    ASSERT_TRUE(record(recorder, sound, 0.1, 1));
    EXPECT_LT(rms(sound.left), 0.025);
    EXPECT_EQ(peak(sound.right), 1.0F);
    Recorder limited;
    limited.limit_db = 6;
    auto loud = tone();
    scale(loud.left, 10);
    ASSERT_TRUE(record(limited, loud, 0.1, 1));
    EXPECT_LT(rms(std::span(loud.left).subspan(10000)), 0.5 * rms(tone().left) * 10);
}

TEST(Recorder, PassesThroughACodecWithoutMoving) {
    for (const auto codec : {Codec::Mp3, Codec::Aac}) {
        Recorder recorder;
        recorder.codec = codec;
        StereoSound sound(44100, kRate);
        sound.left = testing::melody(kRate, 1, 1);
        sound.right = sound.left;
        const auto before = sound.left;
        ASSERT_TRUE(record(recorder, sound, 0.1, 1));
        ASSERT_EQ(sound.size(), before.size());
        EXPECT_LE(std::abs(testing::delay_of(sound.left, before, 20)), 1);
    }
}

TEST(Recorder, DrawsEveryKind) {
    int codecs = 0;
    int plain = 0;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        const Recorder recorder = draw_recorder(seed);
        codecs += recorder.codec != Codec::None ? 1 : 0;
        plain += recorder.codec == Codec::None && recorder.mixdown == Mixdown::Stereo &&
                         !recorder.top_hertz && !recorder.limit_db
                     ? 1
                     : 0;
    }
    EXPECT_NEAR(codecs, 100, 30);
    EXPECT_GT(plain, 80);
}

TEST(Dropout, TakesAwayAMomentOfOneChannel) {
    StereoSound sound(44100, kRate);
    sound.left.assign(sound.size(), 0.5F);
    sound.right = sound.left;
    drop_out(sound, {0.5, 0.1, true, false, 20});
    EXPECT_NEAR(sound.left[24000], 0.05F, 1e-6);
    EXPECT_EQ(sound.left[22000], 0.5F);
    EXPECT_EQ(sound.left[26500], 0.5F);
    EXPECT_EQ(sound.right[24000], 0.5F);
    drop_out(sound, {0.999, 0.5, true, true, 20}); // beyond the end
    Random random(1);
    EXPECT_EQ(draw_dropouts(5, 1, 2, random).size(), 5U);
}

} // namespace
} // namespace spindle::simulator
