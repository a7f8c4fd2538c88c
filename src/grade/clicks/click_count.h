// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>

#include "base/units.h"
#include "grade/defect.h"

namespace spindle::grade {

/// A stretch of a recording.
struct TimeSpan {
    Seconds from{0};
    Seconds to{0};
};

/// Peaks of clicks against the programme's level, from which they count in a class.
inline constexpr std::array<double, 5> kClickClasses{-50, -40, -30, -20, -10}; // dB

/// How many clicks there are, and how strong they are.
struct ClickCount {
    Seconds time{0}; ///< how much of the recording was looked at
    /// Clicks a minute whose peak is at or above kClickClasses[i].
    std::array<double, kClickClasses.size()> per_minute{};
    /// How many there are by the probabilities of all, from -50 dB: the doubtful count in part, and
    /// music that passes for clicks does too. For comparing two recordings of one record.
    double expected_per_minute = 0;
    /// Mean power of the impulses over the programme's (level squared, both channels), dB; -120 for
    /// none. Unlike the counts it never falls with more damage: a count of what stands out of the
    /// noise falls when crackle becomes the noise.
    double energy_db = -120;
    /// The same of all, each by its probability: with expected_per_minute what to compare two
    /// recordings of one record by, where few clicks are sure.
    double expected_energy_db = -120;
};

struct CountOptions {
    /// Clicks of a class nearer than this count as one: the ear hears one, and what rings is not
    /// counted twice.
    Seconds dead_time{0.005};
    /// On clean, mostly percussive music (spindle-clicks, test packages) there is one false alarm a
    /// minute from 0.95 on, three from 0.84 on, ten from 0.5 on; in a silent groove nearly all that
    /// is found is above.
    double least_probability = 0.9;
};

/// Counts clicks, crackle and thumps within spans (in order, not overlapping).
/// @param level RMS of the programme, full scale: Damage's reference (definition.h). Zero or less
/// gives a count of nothing. @param rate of the recording, by which energies become powers.
/// A defect more never lowers a count or the energy. O(defects + spans).
ClickCount count_clicks(std::span<const Defect> defects, std::span<const TimeSpan> spans,
                        double level, SampleRate rate, const CountOptions& options = {});

} // namespace spindle::grade
