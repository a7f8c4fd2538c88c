// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "simulator/random.h"

namespace spindle::simulator {

/// A smooth random frequency response: gains drawn uniformly from +-range_db at 12 frequencies from
/// 40 Hz to 16 kHz (about 0.7 octave apart), joined by half cosines on the log frequency axis.
/// Linear phase, the delay taken out: nothing moves in time.
Result<std::vector<float>> equalise(std::span<const float> samples, SampleRate rate,
                                    double range_db, Random& random);

} // namespace spindle::simulator
