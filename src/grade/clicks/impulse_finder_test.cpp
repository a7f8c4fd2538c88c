// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "grade/clicks/click_classifier.h"
#include "grade/clicks/click_samples.h"
#include "grade/clicks/impulse_finder.h"

namespace spindle::grade {
namespace {

using samples::Sound;

ImpulseFindings find(const Sound& sound, const ImpulseOptions& options = {}) {
    ImpulseFinder finder(SampleRate{44100}, options);
    ImpulseFindings found;
    finder.feed(sound.span(), found);
    finder.finish(found);
    return found;
}

TEST(ImpulseFinder, MeasuresAClickInWhatIsLeftOfARecord) {
    Sound sound(2);
    samples::add_groove(sound, 0.001, 1);
    samples::add_click(sound, 30000, 0.05);
    samples::add_click(sound, 60000, 0.02, true);
    const auto found = find(sound, ImpulseOptions::of_noise());
    ASSERT_GE(found.impulses.size(), 2U);
    std::vector<Impulse> strong;
    std::copy_if(found.impulses.begin(), found.impulses.end(), std::back_inserter(strong),
                 [](const Impulse& impulse) { return impulse.strongest() > 10; });
    ASSERT_EQ(strong.size(), 2U);
    EXPECT_NEAR(static_cast<double>(strong[0].at), 30000, 1);
    EXPECT_NEAR(strong[0].peak, 0.05, 0.008);
    EXPECT_NEAR(strong[0].energy, 0.05 * 0.05 * 1.76, 0.0012);
    EXPECT_EQ(strong[0].wall, Wall::Left);
    EXPECT_NEAR(strong[1].peak, 0.02, 0.004);
    EXPECT_EQ(strong[1].wall, Wall::Both);
    EXPECT_EQ(strong[0].probability, 0);
}

TEST(ImpulseFinder, LeavesOutWhatIsUnlikely) {
    Sound sound(4);
    samples::add_drums(sound, 0.5);
    const auto all = find(sound);
    const auto likely = find(sound, {.least_probability = 0.5});
    EXPECT_GT(all.impulses.size(), likely.impulses.size());
    for (const Impulse& impulse : likely.impulses) {
        EXPECT_GE(impulse.probability, 0.5);
    }
}

TEST(ImpulseFinder, KnowsNoiseFromCrackle) {
    Sound calm(2);
    samples::add_groove(calm, 0.001, 1);
    const auto noise = find(calm);
    ASSERT_EQ(noise.frames.size(), 40U);
    EXPECT_LT(noise.frames[20].fourth, 6); // uniform noise has less than Gaussian
    EXPECT_EQ(noise.frames[20].outliers, 0);
    for (std::size_t at = 1000; at < 80000; at += 500) {
        samples::add_click(calm, at, 0.02);
    }
    const auto crackle = find(calm);
    EXPECT_GT(crackle.frames[20].fourth, 50);
    EXPECT_GT(crackle.frames[20].outliers, 0.001);
    EXPECT_NEAR(crackle.frames[20].residual / noise.frames[20].residual, 1, 0.3);
}

TEST(ClickNetwork, IsWholeAsItIsCompiledIn) {
    const auto bytes = click_network_bytes();
    const std::size_t weights = kImpulseFeatures * 66 + 64 + 64 * 32 + 32 + 32 + 1 + 2;
    EXPECT_EQ(bytes.size(), 4 + 6 * 4 + weights * 4);
    EXPECT_EQ(bytes[0], 'S');
}

TEST(ClickNetwork, GivesAProbabilityForAnything) {
    ImpulseFeatures features{};
    for (const float value : {-30.0F, 0.0F, 30.0F}) {
        features.fill(value);
        const double probability = click_probability(features);
        EXPECT_GE(probability, 0);
        EXPECT_LE(probability, 1);
    }
}

} // namespace
} // namespace spindle::grade
