// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "simulator/random.h"
#include "simulator/stereo_sound.h"

namespace spindle::simulator {

/// A place where a wall of the groove was not formed, or the stylus carries fluff: the sound of a
/// channel or both is nearly gone for a moment.
struct Dropout {
    double at = 0;       ///< in the groove, seconds
    double length = 0.1; ///< seconds, 5 ms to 0.5 s
    bool left = true;
    bool right = false;
    double depth_db = 20;
};

std::vector<Dropout> draw_dropouts(std::size_t count, double start, double end, Random& random);

/// Fades out and in within 2 ms.
void drop_out(StereoSound& sound, const Dropout& dropout);

} // namespace spindle::simulator
