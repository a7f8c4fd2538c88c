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
    double wow = 0;                            ///< peak relative speed deviation, once per turn
    double wow_phase = 0;                      ///< radians
    double flutter = 0;                        ///< peak relative speed deviation at 7 Hz
    double flutter_phase = 0;                  ///< radians
    double turns_per_second = kTurnsPerSecond; ///< by the label: a single turns at 45 / 60
    /// By what share the wow grows in a second heard: a hole off the middle gives
    /// eccentricity / radius, and the radius shrinks.
    double wow_growth = 0;

    /// Record time in seconds at heard time t.
    double record_time(double t) const;

    double wow_at(double t) const { return wow * (1 + wow_growth * t); }

    /// Record seconds per heard second at most, until heard time t.
    double fastest(double t = 0) const {
        return speed * (1 + (wow_growth > 0 ? wow_at(t) : wow) + flutter);
    }

    bool is_still() const { return speed == 1 && wow == 0 && flutter == 0; }
};

/// The record as heard from this platter, band-limited (interpolation.h). Samples outside the
/// record are silence.
/// @return as many samples as the record lasts at that speed, at the same rate. O(64 n).
std::vector<float> play(std::span<const float> record, SampleRate rate, const Transport& transport);

} // namespace spindle::simulator
