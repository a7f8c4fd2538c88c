// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/units.h"

namespace spindle::grade {

/// How fast a platter ran, over time: 1 is the right speed, 1.01 is 1 % fast.
struct WowCurve {
    Seconds start{0};         ///< of the first value, from the first sample of the recording
    double hertz = 0;         ///< values per second
    std::vector<float> speed; ///< above 0

    Seconds length() const {
        return Seconds(hertz > 0 ? static_cast<double>(speed.size()) / hertz : 0);
    }
};

/// What swings once per turn: a hole that is not in the middle, a disc that is not flat.
struct TurnWow {
    double peak = 0;             ///< amplitude of the speed's deviation, 0.002 = 0.2 %
    double turns_per_minute = 0; ///< of the record at its right speed: 33 1/3, 45 or 78.26
    double error = 0;            ///< standard error of peak
};

/// Wow and flutter by IEC 60386 (DIN 45507, AES6), as parts of the speed: 0.001 = +-0.1 %.
struct WowFigures {
    double speed_error = 0; ///< mean deviation: 0.003 runs 0.3 % fast
    double peak = 0;        ///< largest deviation from the mean, not weighted, from 0.2 Hz up to
                            ///< what the curve has (200 Hz at most)
    double weighted = 0;    ///< two sigma: the weighted deviation is above this 5 % of the time
    std::optional<TurnWow> turn; ///< nothing where fewer than 4 turns were heard or none stands out
};

/// Figures of a curve. Gaps must have been bridged; 5 s or more are wanted by the standard, less
/// than 2 s gives speed_error alone. The curve's own pass band limits what is counted: one of 25
/// values a second has no flutter above 10 Hz or so. Linear in the curve's length but for the
/// transform; 8 bytes a value.
WowFigures wow_figures(const WowCurve& curve);

} // namespace spindle::grade
