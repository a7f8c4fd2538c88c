// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "grade/defect.h"
#include "grade/reference/comparison.h"

namespace spindle::grade {

/// What may be a click, with all that is known of it once there is a digital copy of the music.
struct Suspect {
    Defect defect;       ///< of what is left, where something is; else as it was found blindly
    float blind = 0;     ///< probability without the copy; 0 where it was not found so
    float strength = 0;  ///< sigmas of what is left when the copy is taken away; 0: nothing is
    float in_copy = 0;   ///< sigmas of the copy's own sudden rise there; 0 where it has none
    float copy_peak = 0; ///< of that rise, as loud as the record has it; full scale 1
    float slope = 0;     ///< LeftOver::slope; 0 where nothing is left
};

/// Everything sudden within a copy's stretch: what is left and what was found blindly, those within
/// 1.5 ms being one, in the order of time. @param blind in the order of time.
std::vector<Suspect> suspects(std::span<const Defect> blind, const CopyComparison& comparison);

/// The clicks of a copy's stretch, in the order of time: all suspects with a probability from what
/// is known with and without the copy. A click that stands on a sudden rise of the copy is made
/// less likely by how loud that rise is against it, not left out.
/// @param blind of the recording, in order; what is outside the stretch is not looked at.
std::vector<Defect> clicks_with_copy(std::span<const Defect> blind,
                                     const CopyComparison& comparison);

} // namespace spindle::grade
