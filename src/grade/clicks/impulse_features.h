// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "grade/clicks/impulse.h"
#include "grade/clicks/impulse_tracks.h"

namespace spindle::grade {

/// How much of the sound around an impulse its features look at.
inline constexpr double kFeaturesBefore = 1.1; // seconds
inline constexpr double kFeaturesAfter = 0.6;

/// Describes an impulse, whose place, z and matched are known, for the classifier: how its energy
/// lies in time from 60 ms before to 60 ms after, in the louder channel, the other, and the side;
/// how the noise level moves, which a click does not change and a drum does; how regular music is;
/// the form of the impulse itself. `tracks` holds kFeaturesBefore and kFeaturesAfter of it, or
/// begins and ends there.
ImpulseFeatures features_of(const Impulse& impulse, const ImpulseTracks& tracks, int hertz);

} // namespace spindle::grade
