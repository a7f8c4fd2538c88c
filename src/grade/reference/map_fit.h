// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "grade/reference/time_map.h"
#include "grade/reference/tracking.h"

namespace spindle::grade {

struct FittedMap {
    TimeMap map;
    double turns_per_minute = 0; ///< whose swing was found; 0 where none helps
    double turn_seconds = 1.8;   ///< of the copy per turn of the record
    double scatter = 0;          ///< seconds: standard deviation of the points around the map
};

/// A smooth map through the points of a trace: robust least squares (biweight) of a line, an
/// offset per piece and the first two harmonics of the record's rotation, whose phase goes on
/// through skips because a skip is whole turns; then the rest, smoothed over half a second, with
/// what lies far from its neighbours left out.
FittedMap fit_map(const Trace& trace);

} // namespace spindle::grade
