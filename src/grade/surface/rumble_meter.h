// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/units.h"
#include "grade/surface/deep_spectra.h"

namespace spindle::grade {

/// Levels both at their most usual and in the quieter moments, dBFS of each of mid and side.
struct RumbleFigures {
    double mid_db = -200;  ///< 8 to 35 Hz, in the quieter fifth of the moments
    double side_db = -200; ///< ... vertical: the bearing's, and free of most music's bass
    double warp_db = -200; ///< 0.7 to 8 Hz, both channels: warps, and the arm's resonance
    Seconds heard{0};
};

/// Rumble is the player's and the pressing's, and almost never a reason to grade a record lower.
/// Levels are unweighted: against the programme they are what "rumble, unweighted" of a player is
/// called, 10 to 315 Hz, but for its upper part, which music hides. A recording whose lowest
/// octaves were cut off has none.
class RumbleMeter {
public:
    explicit RumbleMeter(double bin_hz) : bin_hz_(bin_hz) {}
    void feed(const DeepSpectrum& spectrum);
    RumbleFigures finish() const;

private:
    struct Moment {
        float mid, side, warp; ///< dB
    };
    double bin_hz_;
    std::vector<Moment> moments_;
};

} // namespace spindle::grade
