// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>

#include "grade/sides/noise_source.h"
#include "simulator/groove_noise.h"
#include "simulator/level.h"

namespace spindle::damaged_sides {
namespace {

using simulator::StereoSound;

constexpr SampleRate kRate{44100};

StereoSound groove_with_clicks(int clicks) {
    auto groove = *simulator::make_groove_noise({}, 44100 * 6, kRate, 1.8, 1);
    simulator::Random random(1);
    for (int i = 0; i < clicks; ++i) {
        add_click(groove, 5000 + 20000.0 * i, draw_click_shape(kRate, random), 60);
    }
    return groove;
}

TEST(NoiseSource, IsTakenApart) {
    const auto groove = groove_with_clicks(10);
    const auto source = *take_apart("groove", groove);
    EXPECT_GE(source.clicks.size(), 8U);
    EXPECT_LE(source.clicks.size(), 10U);
    EXPECT_FALSE(source.is_mono);
    EXPECT_GT(simulator::peak(groove.left), 30);
    EXPECT_LT(simulator::peak(source.noise.left), 12);
    const auto clean = groove_with_clicks(0);
    EXPECT_NEAR(*weighted_level(source.noise) / *weighted_level(clean), 1, 0.02);
}

TEST(NoiseSource, KeepsNoClickThatNobodyIsToldOf) {
    auto groove = groove_with_clicks(0);
    simulator::Random random(2);
    for (double at = 3000; at < 250000; at += random.between(200, 2600)) {
        add_click(groove, at, draw_click_shape(kRate, random), random.between(6, 40));
    }
    const auto source = take_apart("crackle", groove);
    ASSERT_TRUE(source);
    const auto again = take_apart("again", source->noise);
    EXPECT_TRUE(again->clicks.empty());
    EXPECT_LT(simulator::peak(source->noise.left), 10);
}

TEST(NoiseSource, IsNoneWhereNothingButCracklingIsHeard) {
    auto groove = groove_with_clicks(0);
    simulator::Random random(3);
    double loud = 1;
    for (std::size_t n = 0; n < groove.size(); ++n) {
        loud = n % 100 == 0 ? std::exp(1.5 * random.normal()) : loud;
        groove.left[n] *= static_cast<float>(loud);
        groove.right[n] *= static_cast<float>(loud);
    }
    EXPECT_EQ(take_apart("static", groove).error().code, Code::BadInput);
}

TEST(NoiseSource, LastsAsLongAsAskedFor) {
    const auto source = *take_apart("groove", groove_with_clicks(0));
    const auto noise = noise_of(source, 44100 * 20, kRate, 1);
    ASSERT_EQ(noise.size(), 44100U * 20);
    EXPECT_NEAR(*weighted_level(noise) / *weighted_level(source.noise), 1, 0.05);
    EXPECT_EQ(noise.left, noise_of(source, 44100 * 20, kRate, 1).left);
    EXPECT_NE(noise.left, noise_of(source, 44100 * 20, kRate, 2).left);
    double product = 0; // the second ten seconds are not the first again
    for (std::size_t n = 0; n < 441000; ++n) {
        product += static_cast<double>(noise.left[n] * noise.left[n + 441000]);
    }
    const double level = simulator::rms(noise.left);
    EXPECT_LT(std::abs(product) / (441000 * level * level), 0.2);
}

TEST(NoiseSource, OfOneChannelFillsTwoWalls) {
    auto groove = groove_with_clicks(0);
    groove.right = groove.left;
    const auto source = *take_apart("mono", groove);
    EXPECT_TRUE(source.is_mono);
    const auto noise = noise_of(source, 44100 * 5, kRate, 1);
    double product = 0;
    for (std::size_t n = 0; n < noise.size(); ++n) {
        product += static_cast<double>(noise.left[n] * noise.right[n]);
    }
    EXPECT_LT(std::abs(product), 0.2 * static_cast<double>(noise.size()));
}

TEST(NoiseSource, NeedsASecondOfNoise) {
    EXPECT_EQ(take_apart("short", StereoSound(4000, kRate)).error().code, Code::BadInput);
    EXPECT_TRUE(take_apart("silent", StereoSound(50000, kRate)));
}

TEST(NoiseSource, BelongsToASetByItsName) {
    EXPECT_EQ(set_of_noise("calf-Crackle"), set_of_noise("calf_Crackle_0_CrackleL"));
    EXPECT_EQ(set_of_noise("calf_Static_0_StaticL"), set_of_noise("calf_Static_1_StaticR"));
    EXPECT_EQ(set_of_noise("calf-Crackle"), material::Set::Dev);
    EXPECT_EQ(set_of_noise("vinyl_hiss"), material::Set::Test);
}

TEST(NoiseSource, AMissingFolderHasNone) {
    EXPECT_TRUE(read_noise("/no/such/folder", material::Set::Dev, kRate)->empty());
}

} // namespace
} // namespace spindle::damaged_sides
