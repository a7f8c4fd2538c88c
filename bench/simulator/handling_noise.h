// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/units.h"
#include "simulator/random.h"

namespace spindle::simulator {

/// A needle that comes down: a thump of the arm (30 to 80 Hz, half a second) and a few crackles.
/// Peak 1, at the first millisecond.
std::vector<float> make_thump(SampleRate rate, Random& random);

/// A needle that is lifted or jumps: a click of 1 to 4 ms. Peak 1.
std::vector<float> make_jump_click(SampleRate rate, Random& random);

} // namespace spindle::simulator
