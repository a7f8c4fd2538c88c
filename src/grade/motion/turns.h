// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/units.h"
#include "grade/defect.h"

namespace spindle::grade {

/// Speeds records are cut for, turns a minute; 78 is 78.26 where the mains have 60 Hz.
inline constexpr std::array<double, 3> kRecordSpeeds{100.0 / 3, 45, 78.26};
constexpr Seconds turn_of(double rpm) {
    return Seconds(60 / rpm);
}

/// Defects at the same angle in turn after turn: one scratch across the grooves.
struct Scratch {
    Seconds from{0}, to{0}; ///< its first and its last defect
    std::size_t turns = 0;  ///< grooves it crosses, those where it is not heard included
    std::size_t heard = 0;  ///< ... in so many of them a defect was found
    double angle = 0;       ///< of the first one, degrees, against where the recording began
    double drift = 0;       ///< degrees per turn: 0 is radial
    std::vector<std::size_t> defects; ///< which of the defects given
};

struct TurnFigures {
    /// The speed the defects prove; nothing when they prove none.
    std::optional<double> rpm;
    Seconds turn{0}; ///< of the platter as it ran, of the likeliest speed if none is proven
    /// How far pairs of defects one, two and three turns apart exceed those at other distances, in
    /// standard deviations: of each of kRecordSpeeds. kProven proves.
    std::array<double, kRecordSpeeds.size()> z{};
    std::vector<Scratch> scratches; ///< longest first; of the proven speed, or none

    static constexpr double kProven = 5.5;
};

/// Whether it proves 78 turns a minute.
bool is_shellac(const TurnFigures& turns);

struct TurnOptions {
    /// A platter's error of speed that is looked for; +-8 % as a DJ's would find any rhythm.
    double speed_error = 0.01;
    /// When the speed is known it alone is looked at.
    std::optional<double> rpm;
    /// Strongest defects that count: bounds the time.
    std::size_t most_defects = 20000;
    /// A scratch is heard in at least so many grooves ...
    std::size_t fewest_turns = 4;
    /// ... and by chance in less than so many of the recordings.
    double by_chance = 0.01;
};

/// The rotation of a record in its defects. Whether they come back with the turns tells a record's
/// scratches from the music's drums, the speed it was played at, and how long a scratch is. Pairs
/// of defects are counted by distance (0.25 to 5.5 s); at a turn's there must be more than anywhere
/// else, 1.4 times, which a rhythm does not satisfy: its beats come back at all multiples of one.
/// Skips, repeats and dropouts do not count. O(defects * defects within 5.5 s), 0.2 s for 20000 in
/// 20 min. @param defects in order of time.
TurnFigures find_turns(std::span<const Defect> defects, const TurnOptions& options = {});

} // namespace spindle::grade
