// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "grade/clicks/click_samples.h"
#include "grade/clicks/linear_prediction.h"

namespace spindle::grade {
namespace {

TEST(Autocorrelation, IsTheSumOfProducts) {
    samples::Noise noise(1);
    for (const std::size_t size : {3U, 40U, 1001U}) {
        std::vector<float> x(size);
        for (float& value : x) {
            value = noise.next();
        }
        std::vector<double> r(33);
        autocorrelation(x, r);
        for (std::size_t lag = 0; lag < r.size(); ++lag) {
            double sum = 0;
            for (std::size_t n = 0; n + lag < size; ++n) {
                sum += static_cast<double>(x[n]) * static_cast<double>(x[n + lag]);
            }
            EXPECT_NEAR(r[lag], sum, 1e-3);
        }
    }
}

std::vector<float> resonance(std::size_t size) { // x[n] = 1.6 x[n-1] - 0.9 x[n-2] + noise
    samples::Noise noise(4);
    std::vector<float> x(size);
    for (std::size_t n = 2; n < size; ++n) {
        x[n] = 1.6F * x[n - 1] - 0.9F * x[n - 2] + 0.1F * noise.next();
    }
    return x;
}

TEST(LinearModel, FindsTheFilterThatMadeTheSound) {
    const auto x = resonance(20000);
    std::vector<double> r(3);
    autocorrelation(x, r);
    const LinearModel model = model_of(r);
    ASSERT_EQ(model.order, 2U);
    EXPECT_NEAR(model.taps[1], -1.6, 0.02);
    EXPECT_NEAR(model.taps[2], 0.9, 0.02);
    EXPECT_GT(model.gain, 10);
}

TEST(LinearModel, ForetellsNothingOfSilence) {
    const std::vector<double> r(33);
    EXPECT_EQ(model_of(r).order, 0U);
}

TEST(Matched, GivesTheHeightOfAnImpulse) {
    auto x = resonance(4000);
    std::vector<double> r(3);
    autocorrelation(x, r);
    const LinearModel model = model_of(r);
    x[2000] += 5;
    std::vector<float> e(3000);
    residual(model, std::span(x).subspan(100 - model.order), e); // from sample 100
    std::vector<float> m(2900);
    matched(model, e, m);
    EXPECT_NEAR(m[1900], 5, 0.3);
}

TEST(InterpolateGap, BringsBackWhatCanBeForetold) {
    std::vector<float> x(4000);
    for (std::size_t n = 0; n < x.size(); ++n) {
        const double t = static_cast<double>(n) / 44100;
        x[n] = static_cast<float>(0.4 * std::sin(2 * std::numbers::pi * 440 * t) +
                                  0.2 * std::sin(2 * std::numbers::pi * 1234 * t));
    }
    std::vector<double> r(33);
    autocorrelation(x, r);
    const LinearModel model = model_of(r);
    auto damaged = x;
    for (std::size_t n = 2000; n < 2040; ++n) {
        damaged[n] = 0.9F;
    }
    interpolate_gap(model, damaged, 2000, 40);
    for (std::size_t n = 2000; n < 2040; ++n) {
        EXPECT_NEAR(damaged[n], x[n], 0.05);
    }
}

} // namespace
} // namespace spindle::grade
