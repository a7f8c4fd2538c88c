// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/units.h"

namespace spindle::simulator {

/// A second-order filter (R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter
/// coefficients"). Keeps its state between blocks.
class Biquad {
public:
    static Biquad low_pass(SampleRate rate, double hertz, double q = 0.7071);
    static Biquad high_pass(SampleRate rate, double hertz, double q = 0.7071);
    static Biquad band_pass(SampleRate rate, double hertz, double q);

    void filter(std::span<float> samples);

private:
    double b0_ = 1, b1_ = 0, b2_ = 0, a1_ = 0, a2_ = 0;
    double z1_ = 0, z2_ = 0;
};

} // namespace spindle::simulator
