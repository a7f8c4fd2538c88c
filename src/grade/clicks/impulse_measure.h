// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "grade/clicks/impulse.h"
#include "grade/clicks/impulse_tracks.h"

namespace spindle::grade {

/// Fills in what an impulse is in full scale: peak, energy, wall, background, low_tail. The sound
/// is interpolated where the impulse is; the difference is the impulse.
void measure_impulse(Impulse& impulse, const ImpulseTracks& tracks, int hertz);

} // namespace spindle::grade
