// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "grade/motion/wow_tone.h"
#include "grade/motion/wow_weighting.h"

namespace spindle::grade {
namespace {

constexpr double kTwoPi = 2 * std::numbers::pi;

/// A test tone on a platter that runs `speed` fast and swings by `depth` at `hertz`.
std::vector<float> tone(int rate, double seconds, double speed, double depth, double hertz,
                        double noise = 0) {
    std::mt19937 random(7);
    std::normal_distribution<double> hiss(0, 1);
    std::vector<float> samples(static_cast<std::size_t>(seconds * rate));
    for (std::size_t n = 0; n < samples.size(); ++n) {
        const double t = static_cast<double>(n) / rate;
        const double place =
            speed * (t - depth / (kTwoPi * hertz) * std::cos(kTwoPi * hertz * t + 0.3));
        samples[n] =
            static_cast<float>(0.2 * std::sin(kTwoPi * 3150 * place) + noise * hiss(random));
    }
    return samples;
}

Result<WowCurve> heard(const std::vector<float>& samples, int rate, std::size_t block = 10000) {
    auto meter = WowTone::create(SampleRate{rate});
    if (!meter) {
        return tl::unexpected(meter.error());
    }
    for (std::size_t from = 0; from < samples.size(); from += block) {
        const auto part = std::span(samples).subspan(from, std::min(block, samples.size() - from));
        meter->feed({part, part});
    }
    return meter->finish();
}

TEST(WowTone, IsWithinTwoThousandthsOfAPercentOverRatesAndDepths) {
    for (const double hertz : {0.5556, 1.3, 4.0, 10.0, 40.0, 100.0}) {
        for (const double depth : {0.0002, 0.001, 0.005}) {
            const auto curve = heard(tone(44100, 20, 1.003, depth, hertz), 44100);
            ASSERT_TRUE(curve);
            const WowFigures figures = wow_figures(*curve);
            EXPECT_NEAR(figures.speed_error, 0.003, 2e-5) << hertz << " Hz, " << depth;
            EXPECT_NEAR(figures.peak, depth, 2e-5) << hertz << " Hz, " << depth;
            EXPECT_NEAR(figures.weighted, 0.9969 * depth * wow_weighting(hertz), 2e-5)
                << hertz << " Hz, " << depth;
        }
    }
}

TEST(WowTone, MeasuresAtAnySampleRate) {
    for (const int rate : {16000, 22050, 48000, 96000}) {
        const auto curve = heard(tone(rate, 12, 0.97, 0.002, 4), rate);
        ASSERT_TRUE(curve);
        const WowFigures figures = wow_figures(*curve);
        EXPECT_NEAR(figures.speed_error, -0.03, 2e-5) << rate;
        EXPECT_NEAR(figures.peak, 0.002, 2e-5) << rate;
    }
}

TEST(WowTone, FindsWhatSwingsOncePerTurn) {
    for (const double turns : {100.0 / 3, 45.0, 78.26}) {
        const auto curve = heard(tone(22050, 40, 1.01, 0.0015, turns / 60 * 1.01, 0.001), 22050);
        ASSERT_TRUE(curve);
        const auto turn = wow_figures(*curve).turn;
        ASSERT_TRUE(turn) << turns;
        EXPECT_NEAR(turn->turns_per_minute, turns, 0.01);
        EXPECT_NEAR(turn->peak, 0.0015, 2e-5);
        EXPECT_LT(turn->error, 1e-4);
    }
    const auto flutter = heard(tone(22050, 40, 1, 0.001, 7.3), 22050);
    ASSERT_TRUE(flutter);
    EXPECT_FALSE(wow_figures(*flutter).turn);
}

TEST(WowTone, DoesNotDependOnBlocksOrGain) {
    auto samples = tone(44100, 4, 1, 0.002, 3, 0.001);
    const auto whole = heard(samples, 44100, samples.size());
    const auto pieces = heard(samples, 44100, 997);
    ASSERT_TRUE(whole);
    ASSERT_TRUE(pieces);
    EXPECT_EQ(whole->speed, pieces->speed);
    for (float& sample : samples) {
        sample *= 0.125F;
    }
    const auto soft = heard(samples, 44100, 997);
    ASSERT_TRUE(soft);
    EXPECT_EQ(whole->speed, soft->speed);
}

TEST(WowTone, TakesSilenceAndNoiseForNoTone) {
    EXPECT_EQ(heard(std::vector<float>(44100 * 3), 44100).error().code, Code::NotFound);
    EXPECT_EQ(heard({}, 44100).error().code, Code::NotFound);
    std::mt19937 random(3);
    std::normal_distribution<float> hiss(0, 0.1F);
    std::vector<float> noise(44100 * 5);
    for (float& sample : noise) {
        sample = hiss(random);
    }
    EXPECT_EQ(heard(noise, 44100).error().code, Code::NotFound);
    EXPECT_EQ(WowTone::create(SampleRate{7000}).error().code, Code::Unsupported);
}

TEST(WowTone, MeasuresTheToneBetweenSilences) {
    auto samples = std::vector<float>(44100);
    const auto sounding = tone(44100, 6, 1.002, 0.001, 4, 0.002);
    samples.insert(samples.end(), sounding.begin(), sounding.end());
    samples.resize(samples.size() + 44100);
    const auto curve = heard(samples, 44100);
    ASSERT_TRUE(curve);
    EXPECT_NEAR(curve->start.count(), 1.1, 0.11);
    EXPECT_NEAR(curve->length().count(), 5.8, 0.21);
    EXPECT_NEAR(wow_figures(*curve).speed_error, 0.002, 5e-5);
}

TEST(WowFigures, OfTooLittleAreTheSpeedAlone) {
    EXPECT_EQ(wow_figures({}).peak, 0);
    const WowFigures figures = wow_figures({Seconds(0), 50, std::vector<float>(40, 1.01F)});
    EXPECT_NEAR(figures.speed_error, 0.01, 1e-6);
    EXPECT_EQ(figures.weighted, 0);
    EXPECT_FALSE(figures.turn);
}

TEST(WowFigures, OfADriftAreNoWow) {
    WowCurve curve{Seconds(0), 50, {}};
    for (int n = 0; n < 50 * 60; ++n) {
        curve.speed.push_back(1 + 0.001F * static_cast<float>(n) / 3000);
    }
    const WowFigures figures = wow_figures(curve);
    EXPECT_LT(figures.peak, 3e-5);
    EXPECT_LT(figures.weighted, 1e-5);
}

} // namespace
} // namespace spindle::grade
