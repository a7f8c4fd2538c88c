// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "simulator/condition.h"
#include "simulator/degrade.h"
#include "simulator/level.h"
#include "simulator/test_signals.h"

namespace spindle::simulator {
namespace {

constexpr SampleRate kRate{44100};

std::vector<float> difference(std::span<const float> left, std::span<const float> right) {
    std::vector<float> out(left.size());
    for (std::size_t n = 0; n < out.size(); ++n) {
        out[n] = left[n] - right[n];
    }
    return out;
}

class EveryCondition : public ::testing::TestWithParam<Condition> {};

TEST_P(EveryCondition, GivesTheSameSamplesForTheSameSeed) {
    const auto music = testing::melody(kRate, 3, 5);
    const auto first = degrade({music, 1, kRate}, GetParam(), 42);
    const auto again = degrade({music, 1, kRate}, GetParam(), 42);
    ASSERT_TRUE(first) << first.error().message;
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(first->samples, again->samples);
    EXPECT_EQ(first->speed, again->speed);
}

TEST_P(EveryCondition, LastsAsLongAsTheMusicAtThatSpeedAndStaysWithinFullScale) {
    const auto music = testing::melody(kRate, 3, 6);
    const auto heard = degrade({music, 1, kRate}, GetParam(), 7);
    ASSERT_TRUE(heard) << heard.error().message;
    EXPECT_NEAR(static_cast<double>(heard->samples.size()),
                static_cast<double>(music.size()) / heard->speed, 1.0);
    EXPECT_LE(peak(heard->samples), 1.0001F);
    EXPECT_GT(rms(heard->samples), 0.001);
    for (const float sample : heard->samples) {
        ASSERT_TRUE(std::isfinite(sample));
    }
}

TEST_P(EveryCondition, TakesSilenceWithoutMakingNoiseOrNotANumberOfIt) {
    const std::vector<float> silence(static_cast<std::size_t>(kRate.hz));
    const auto heard = degrade({silence, 1, kRate}, GetParam(), 3);
    ASSERT_TRUE(heard) << heard.error().message;
    EXPECT_LT(peak(heard->samples), 1e-4F);
}

TEST_P(EveryCondition, HasANameThatFindsItAgain) {
    EXPECT_EQ(condition_named(name_of(GetParam())), GetParam());
}

INSTANTIATE_TEST_SUITE_P(Conditions, EveryCondition,
                         ::testing::ValuesIn(all_conditions().begin(), all_conditions().end()));

TEST(Degrade, DiffersBetweenSeedsWhereChanceHasASay) {
    const auto music = testing::melody(kRate, 2, 5);
    for (const Condition condition :
         {Condition::Wow, Condition::Eq, Condition::Vinyl10, Condition::Room, Condition::Worn}) {
        const auto first = degrade({music, 1, kRate}, condition, 1);
        const auto second = degrade({music, 1, kRate}, condition, 2);
        ASSERT_TRUE(first && second);
        EXPECT_NE(first->samples, second->samples) << name_of(condition);
    }
}

TEST(Degrade, PutsTheSurfaceExactlyThatFarBelowTheProgramme) {
    const auto music = testing::melody(kRate, 8, 9);
    const struct {
        Condition condition;
        double decibel;
    } rows[] = {{Condition::Vinyl20, 20}, {Condition::Vinyl10, 10}, {Condition::Vinyl5, 5}};
    for (const auto& [condition, decibel] : rows) {
        const auto heard = degrade({music, 1, kRate}, condition, 4);
        ASSERT_TRUE(heard);
        // If the peak went over full scale all was scaled down; the programme's share tells by how
        // much (bed and programme are independent).
        double together = 0;
        double alone = 0;
        for (std::size_t n = 0; n < music.size(); ++n) {
            together += static_cast<double>(heard->samples[n]) * static_cast<double>(music[n]);
            alone += static_cast<double>(music[n]) * static_cast<double>(music[n]);
        }
        auto programme = music;
        scale(programme, together / alone);
        const auto noise = difference(heard->samples, programme);
        // The rumble is 6 dB below the bed and comes on top: 10 lg(1 + 10^-0.6) = 0.97 dB.
        EXPECT_NEAR(decibel_of(rms(programme) / rms(noise)), decibel - 0.97, 0.4)
            << name_of(condition);
    }
}

TEST(Degrade, PlaysOneChannelOfTwoInMonoAndTheirMeanOtherwise) {
    const auto left = testing::melody(kRate, 1, 1);
    const auto right = testing::melody(kRate, 1, 2);
    std::vector<float> both;
    for (std::size_t n = 0; n < left.size(); ++n) {
        both.push_back(left[n]);
        both.push_back(right[n]);
    }
    bool heard_left = false;
    bool heard_right = false;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto heard = degrade({both, 2, kRate}, Condition::Mono, seed);
        ASSERT_TRUE(heard);
        heard_left = heard_left || heard->samples == left;
        heard_right = heard_right || heard->samples == right;
        EXPECT_TRUE(heard->samples == left || heard->samples == right);
    }
    EXPECT_TRUE(heard_left && heard_right);
    const auto clean = degrade({both, 2, kRate}, Condition::Clean, 1);
    ASSERT_TRUE(clean);
    EXPECT_FLOAT_EQ(clean->samples[500], (left[500] + right[500]) / 2);
}

TEST(Degrade, ClipsEverythingWithin14DecibelOfThePeak) {
    const auto music = testing::melody(kRate, 2, 8);
    const auto heard = degrade({music, 1, kRate}, Condition::Clip, 1);
    ASSERT_TRUE(heard);
    const float threshold = peak(music) * static_cast<float>(gain_of(-14)) * 1.0001F;
    for (std::size_t n = 0; n < music.size(); ++n) {
        if (std::abs(music[n]) > threshold) {
            ASSERT_FLOAT_EQ(std::abs(heard->samples[n]), 1) << n;
        }
    }
}

TEST(Degrade, DrawsTheSpeedOfWornHardRecordsFromPlusMinus2Point5Percent) {
    const auto music = testing::melody(kRate, 0.5, 8);
    std::set<double> speeds;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const auto heard = degrade({music, 1, kRate}, Condition::WornHard, seed);
        ASSERT_TRUE(heard);
        speeds.insert(heard->speed);
    }
    EXPECT_EQ(speeds.size(), 40U);
    EXPECT_GE(*speeds.begin(), 0.975);
    EXPECT_LT(*speeds.begin(), 0.985);
    EXPECT_LE(*speeds.rbegin(), 1.025);
    EXPECT_GT(*speeds.rbegin(), 1.015);
}

TEST(Degrade, SaysWhichRecordedSurfaceItMixedIn) {
    const auto music = testing::melody(kRate, 1, 8);
    const std::vector<RealBed> beds{{"groove", testing::melody(kRate, 0.5, 9), kRate}};
    int named = 0;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const auto heard = degrade({music, 1, kRate}, Condition::Vinyl10, seed, beds);
        ASSERT_TRUE(heard);
        named += heard->real_bed == "groove" ? 1 : 0;
    }
    EXPECT_GT(named, 8); // a third of 60
    EXPECT_LT(named, 36);
}

TEST(Degrade, RefusesWhatIsNotAPieceOfMusic) {
    const std::vector<float> short_one(100);
    const std::vector<float> second(44100);
    EXPECT_FALSE(degrade({short_one, 1, kRate}, Condition::Clean, 1));
    EXPECT_FALSE(degrade({second, 3, kRate}, Condition::Clean, 1));
    EXPECT_FALSE(degrade({second, 0, kRate}, Condition::Clean, 1));
    EXPECT_FALSE(degrade({second, 1, SampleRate{8000}}, Condition::Clean, 1));
    EXPECT_FALSE(condition_named("vinyl"));
}

} // namespace
} // namespace spindle::simulator
