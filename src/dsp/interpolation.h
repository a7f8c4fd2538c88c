// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

namespace spindle::dsp {

/// Values between samples, band-limited: windowed-sinc interpolation, 64 taps, stop band below
/// -90 dB, flat to 0.8 of half the sample rate. What playing faster would push above half the rate
/// is removed.
class Interpolation {
public:
    /// Samples on either side of a position that its value depends on.
    static constexpr int kReach = 32;

    /// @param fastest samples moved on per sample made, at most. 512 kB of tables.
    explicit Interpolation(double fastest);

    /// The value at a position counted in samples; samples outside the span are silence. O(64).
    float at(std::span<const float> samples, double position) const;

    /// The same of two channels at many positions, four times as fast: left[n] and right[n] are
    /// the values at positions[n]. All spans of one length but the two sources', which are as long
    /// as each other. The last bits may differ from at()'s: sums are taken in another order.
    void at(std::span<const float> left_samples, std::span<const float> right_samples,
            std::span<const double> positions, std::span<float> left, std::span<float> right) const;

private:
    std::vector<float> table_; ///< [phase][tap]
};

} // namespace spindle::dsp
