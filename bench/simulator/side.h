// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/units.h"
#include "simulator/transport.h"

namespace spindle::simulator {

/// Seconds of groove in one turn of an LP.
inline constexpr Seconds kTurn{1 / kTurnsPerSecond};

/// Everything that is cut or happens is at a multiple of this, which is a whole number of samples
/// at any rate that is a multiple of 100 Hz.
inline constexpr Seconds kGrid{0.01};
Seconds on_grid(Seconds time);

/// A track as whoever makes a side knows it.
struct SideTrackInfo {
    std::size_t track = 0; ///< a name for it
    Seconds length{0};
    Seconds sounds_from{0}; ///< in it: before is silence
    Seconds sounds_to{0};   ///< ... and after
};

/// A track as it is cut.
struct Cut {
    SideTrackInfo info;
    Seconds start{0};    ///< where in the groove its first sample lies, on the grid
    Seconds fade_in{0};  ///< of a cross-fade with the one before
    Seconds fade_out{0}; ///< ... and with the one after

    Seconds end() const { return start + info.length; }
};

/// One side of a record: places in its groove are seconds at the speed on the label. Before,
/// between and behind the cuts is nothing but the surface; it never ends, as a run-out groove does
/// not.
struct Side {
    std::vector<Cut> cuts; ///< in playing order

    /// Where the last track ends.
    Seconds music_end() const;
};

/// How a track follows what is before it: the lead-in, or another track.
struct Following {
    SideTrackInfo track;
    Seconds gap{3}; ///< of surface; below 0 both tracks sound for so long, cross-faded
};

/// The first gap is the lead-in.
Side make_side(std::span<const Following> tracks);

} // namespace spindle::simulator
