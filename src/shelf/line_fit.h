// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace spindle::shelf {

/// A place in coordinates along and across a spine, with its weight.
struct Sample {
    double at = 0;
    double value = 0;
    double weight = 1;
};

/// value = offset + slope * at
struct FittedLine {
    double offset = 0;
    double slope = 0;
    double spread = 0; ///< median distance of the samples from it

    double operator()(double at) const { return offset + slope * at; }
};

/// The line through most of the samples: least squares, then again with the weight of those far off
/// falling to nothing (Tukey's biweight, Huber & Ronchetti 2009, ch. 7). `stiffness` holds the
/// slope near zero where the samples do not lie far enough apart to tell: it counts like that much
/// weight times squared length. No samples: all zero. O(n log n).
FittedLine fit_line(std::span<const Sample> samples, double stiffness = 0);

} // namespace spindle::shelf
