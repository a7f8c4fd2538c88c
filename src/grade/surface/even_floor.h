// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "base/units.h"
#include "grade/surface/groove_finder.h"
#include "grade/surface/surface_track.h"

namespace spindle::grade {

/// Whether noise is heard by itself under the music.
struct EvenFloor {
    Seconds heard{0}; ///< so much music it rests on
    /// Thirds of an octave, 1 to 16 kHz, whose level has a hard lower edge, in mid and side alike.
    std::size_t bands = 0;
};

/// Noise that is always there gives the level of a band a hard lower edge: however quiet the music,
/// no cell falls below it, and many reach it. Music alone has no edge: its notes die away further
/// and further, a synthesizer's or an encoder's to nothing. So a band counts when the 10th
/// percentile of its cells is within 1.5 dB of the 2nd, both walls hiss there alike (within 7 dB;
/// recordings in mono have one), and the noise is no quieter than a groove's can be.
///
/// Of dev music (24 digital tracks of 75 s, and 50 simulated records of a minute without lead-in)
/// 2 and 42 have such a band. Tape, a microphone in a room and hiss in the music have it too.
/// @param loud_db the programme's level. O(cells).
EvenFloor find_even_floor(const SurfaceTrack& track, const SideMap& map, double loud_db);

} // namespace spindle::grade
