// SPDX-License-Identifier: Apache-2.0
#include "simulator/biquad.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace spindle::simulator {

namespace {

constexpr double kNothing = 1e-200;

struct Prototype {
    double cosine;
    double alpha;
};

Prototype prototype_of(SampleRate rate, double hertz, double q) {
    // Above 0.49 of the rate the bilinear transform has nothing left to filter.
    const double omega =
        2 * std::numbers::pi * std::min(hertz / static_cast<double>(rate.hz), 0.49);
    return {std::cos(omega), std::sin(omega) / (2 * q)};
}

} // namespace

Biquad Biquad::low_pass(SampleRate rate, double hertz, double q) {
    const auto [cosine, alpha] = prototype_of(rate, hertz, q);
    Biquad filter;
    filter.b0_ = (1 - cosine) / 2 / (1 + alpha);
    filter.b1_ = (1 - cosine) / (1 + alpha);
    filter.b2_ = filter.b0_;
    filter.a1_ = -2 * cosine / (1 + alpha);
    filter.a2_ = (1 - alpha) / (1 + alpha);
    return filter;
}

Biquad Biquad::high_pass(SampleRate rate, double hertz, double q) {
    const auto [cosine, alpha] = prototype_of(rate, hertz, q);
    Biquad filter;
    filter.b0_ = (1 + cosine) / 2 / (1 + alpha);
    filter.b1_ = -(1 + cosine) / (1 + alpha);
    filter.b2_ = filter.b0_;
    filter.a1_ = -2 * cosine / (1 + alpha);
    filter.a2_ = (1 - alpha) / (1 + alpha);
    return filter;
}

Biquad Biquad::band_pass(SampleRate rate, double hertz, double q) {
    const auto [cosine, alpha] = prototype_of(rate, hertz, q);
    Biquad filter;
    filter.b0_ = alpha / (1 + alpha);
    filter.b1_ = 0;
    filter.b2_ = -filter.b0_;
    filter.a1_ = -2 * cosine / (1 + alpha);
    filter.a2_ = (1 - alpha) / (1 + alpha);
    return filter;
}

void Biquad::filter(std::span<float> samples) {
    for (float& sample : samples) {
        const auto in = static_cast<double>(sample);
        const double out = b0_ * in + z1_;
        z1_ = b1_ * in - a1_ * out + z2_;
        z2_ = b2_ * in - a2_ * out;
        sample = static_cast<float>(out);
        // After the sound has ended; what is far below any float only makes the processor slow.
        z1_ = std::abs(z1_) < kNothing ? 0 : z1_;
        z2_ = std::abs(z2_) < kNothing ? 0 : z2_;
    }
}

} // namespace spindle::simulator
