// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/units.h"
#include "simulator/random.h"

namespace spindle::simulator {

/// One turn of an LP at the speed on its label: 33 1/3 per minute, so 0.5556 Hz.
inline constexpr double kTurnsPerSecond = 100.0 / 180.0;

/// How a platter runs: record time as a function of heard time,
///   record(t) = speed * t + wow and flutter, whose mean is 0,
/// so that `speed` and an offset of 0 are the line a matcher should find.
struct Transport {
    double speed = 1;
    double wow = 0;           ///< peak relative speed deviation, once per turn
    double wow_phase = 0;     ///< radians
    double flutter = 0;       ///< peak relative speed deviation at 7 Hz
    double flutter_phase = 0; ///< radians

    /// Record time in seconds at heard time t.
    double record_time(double t) const;

    /// Record seconds per heard second at most.
    double fastest() const { return speed * (1 + wow + flutter); }

    bool is_still() const { return speed == 1 && wow == 0 && flutter == 0; }
};

/// The record as heard from this platter, band-limited (interpolation.h). Samples outside the
/// record are silence.
/// @return as many samples as the record lasts at that speed, at the same rate. O(64 n).
std::vector<float> play(std::span<const float> record, SampleRate rate, const Transport& transport);

} // namespace spindle::simulator
