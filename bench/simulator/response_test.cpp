// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>

#include "simulator/level.h"
#include "simulator/programme_level.h"
#include "simulator/response.h"
#include "simulator/test_signals.h"

namespace spindle::simulator {
namespace {

constexpr SampleRate kRate{44100};

TEST(Response, AWeightingIsThatOfTheStandard) {
    EXPECT_NEAR(decibel_of(a_weighting(1000)), 0, 0.05);
    EXPECT_NEAR(decibel_of(a_weighting(100)), -19.1, 0.1);
    EXPECT_NEAR(decibel_of(a_weighting(2500)), 1.3, 0.1);
    EXPECT_NEAR(decibel_of(a_weighting(10000)), -2.5, 0.1);
}

TEST(Response, EnergyThroughNothingIsTheEnergy) {
    for (const std::size_t size : {1U, 100U, 4096U, 10000U}) {
        const auto samples = testing::melody(kRate, 1, 3);
        const std::span part(samples.data(), size);
        const double level = rms(part);
        const double energy = level * level * static_cast<double>(size);
        EXPECT_NEAR(*energy_through(part, kRate, band(0, 1e6)), energy, 1e-4 * energy + 1e-12);
    }
    EXPECT_EQ(*energy_through({}, kRate, a_weighting), 0);
}

TEST(Response, EnergyOfASineIsWeightedByItsFrequency) {
    const auto sine = testing::sine(100, kRate, 2, 1);
    const double energy = *energy_through(sine, kRate, a_weighting);
    EXPECT_NEAR(10 * std::log10(energy / 44100), -19.1, 0.2);
    EXPECT_LT(*energy_through(sine, kRate, band(3000, 12000)), 1e-7 * 44100);
}

TEST(Response, FilteringDoesNotMoveTheSound) {
    const auto melody = testing::melody(kRate, 1, 5);
    const auto same = *apply_response(melody, kRate, [](double) { return 1.0; });
    ASSERT_EQ(same.size(), melody.size());
    for (std::size_t n = 0; n < same.size(); ++n) {
        ASSERT_NEAR(same[n], melody[n], 1e-5);
    }
}

TEST(ProgrammeLevel, IsThatOfTheLoudPassages) {
    StereoSound sound(44100 * 20, kRate);
    const auto sine = testing::sine(441, kRate, 10, 0.5);
    std::ranges::copy(sine, sound.left.begin());
    EXPECT_NEAR(programme_level(sound), 0.25, 1e-3); // 0.5 / sqrt(2), and half in power
    sound.right = sound.left;
    EXPECT_NEAR(programme_level(sound), 0.5 / std::sqrt(2), 1e-3);
    EXPECT_EQ(programme_level(StereoSound(44100, kRate)), 0);
    EXPECT_EQ(programme_level(StereoSound(0, kRate)), 0);
    StereoSound moment(100, kRate);
    moment.left.assign(100, 0.5F);
    moment.right.assign(100, 0.5F);
    EXPECT_NEAR(programme_level(moment), 0.5, 1e-6);
}

} // namespace
} // namespace spindle::simulator
