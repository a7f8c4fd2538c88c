// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "image/line_chart.h"

namespace spindle::image::detail {

/// One labelled place on an axis.
struct Tick {
    double value = 0;
    std::string label;
};

/// What numbers on an axis mean, and so how they are written.
enum class Numbers { Plain, Clock };

/// An axis with its range chosen, able to tell where a value lies.
struct Axis {
    std::string label;
    Scale scale = Scale::Linear;
    double lowest = 0;
    double highest = 1;
    std::vector<Tick> ticks; ///< ascending, all inside the range

    /// 0 at `lowest`, 1 at `highest`, linear or logarithmic in between; NaN where it has no place.
    double place(double value) const;
};

/// Chooses range and ticks for values from `lowest` to `highest` (any; not finite or empty ranges
/// are replaced by a sensible one). Range ends the wish names are kept, others are widened to a
/// tick.
/// @param ticks about how many; 2 to 20.
Axis choose_axis(const ChartAxis& wish, double lowest, double highest, int ticks,
                 Numbers numbers = Numbers::Plain);

} // namespace spindle::image::detail
