// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "grade/reference/sketch.h"

namespace spindle::grade {

/// One idea of where a copy is in a recording.
struct Placing {
    double recording = 0; ///< seconds: at this moment of the recording ...
    double copy = 0;      ///< ... this one of the copy
    double speed = 1;     ///< copy seconds per recording second, within 0.3 %
    double score = 0;     ///< sum of the correlations that speak for it
};

struct PlacingOptions {
    double lowest_speed = 0.95, highest_speed = 1.05;
    std::size_t most = 4; ///< ideas
};

/// Where a copy may be, best first, to within some 20 ms: excerpts of 10 s of the shorter one,
/// evenly spread, are looked for in the longer one by normalised correlation of the changes of
/// their bands' levels at all speeds in range (steps of 0.4 %); ideas are what most excerpts agree
/// on. Skips cost the agreement of what is behind them. May be wrong: the waveform decides.
/// Cost: 0.2 s for a track in 20 minutes.
std::vector<Placing> place(const Sketch& recording, const Sketch& copy,
                           const PlacingOptions& options);

} // namespace spindle::grade
