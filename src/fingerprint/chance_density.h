// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "fingerprint/landmark.h"

namespace spindle::fingerprint {

/// How many landmarks of a clip lie where other music has one, by chance.
///
/// Other music is not noise. It has attacks on the beat, maybe at this clip's tempo, and the notes
/// of a scale, maybe this clip's; two drum loops or two tracks of one key agree far more often than
/// scattered points would. So chance is given rhythm and scale: the density at a place is the rate
/// of landmarks at that time, all pitches together, times the share of landmarks at that pitch, all
/// times together. Where the clip is denser than that (a trill, a held tone), its own density
/// around the place counts.
class ChanceDensity {
public:
    /// @param clip in order of time; @param length ticks, beyond its last landmark.
    ChanceDensity(std::span<const Landmark> clip, std::uint32_t length);

    /// Landmarks per tick and 1/192 octave, never 0. O(1).
    double density(double tick, double pitch) const;

private:
    double in_box(double tick, double pitch, int cells_of_time, int cells_of_pitch) const;

    double length_ = 0;
    double total_ = 0;
    std::vector<std::uint32_t> before_;  // landmarks before each tick
    std::vector<std::uint32_t> below_;   // landmarks below each pitch
    std::vector<std::uint32_t> corners_; // summed-area table over cells of time and pitch
    int columns_ = 0;
};

} // namespace spindle::fingerprint
