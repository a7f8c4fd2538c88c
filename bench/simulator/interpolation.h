// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

namespace spindle::simulator {

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

private:
    std::vector<float> table_; ///< [phase][tap]
};

} // namespace spindle::simulator
