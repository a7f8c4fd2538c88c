// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "grade/reference/comparison.h"
#include "grade/reference/map_fit.h"
#include "grade/reference/sketch.h"

namespace spindle::grade {

/// Where a copy is in a recording, as far as the low rate shows it.
struct Alignment {
    FittedMap fitted;
    std::vector<Jump> jumps;
    double speed = 1;
    double copy_start = 0, copy_end = 0; ///< seconds of the copy that were heard
};

/// Places a copy and follows it. @param speed of copies that were found already: tried first.
/// @return nothing where it is not heard.
std::optional<Alignment> align(const Sketch& recording, const Sketch& copy,
                               const std::optional<CopyHint>& hint, std::optional<double> speed,
                               double speed_range);

} // namespace spindle::grade
