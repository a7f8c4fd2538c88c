// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "image/quad.h"
#include "shelf/cell_grouping.h"
#include "shelf/line_fit.h"

namespace spindle::shelf {

/// Coordinates of a spine: u along it, v across it, to its right hand.
struct SpineFrame {
    double x = 0; ///< origin, pixels
    double y = 0;
    double along_x = 1;
    double along_y = 0;

    double u(double px, double py) const { return (px - x) * along_x + (py - y) * along_y; }
    double v(double px, double py) const { return (py - y) * along_x - (px - x) * along_y; }
    image::Point point(double u, double v) const {
        return {x + u * along_x - v * along_y, y + u * along_y + v * along_x};
    }
};

/// Four straight sides fitted to what a group of cells says. `left` and `right` give v for u,
/// `behind` and `ahead` u for v.
struct SpineFit {
    SpineFrame frame;
    FittedLine left;
    FittedLine right;
    FittedLine behind;
    FittedLine ahead;
    bool sees_behind = false; ///< its cells see an end there, rather than just stopping
    bool sees_ahead = false;
    double core = 0; ///< mean probability of its cells
    double printed = 0;

    double thickness() const;
    double length() const { return ahead(0) - behind(0); }
    /// Corners: left behind, left ahead, right ahead, right behind, which is reading order for
    /// text to the right or downwards.
    image::Quad quad() const;
};

/// @param cells of one spine, at least one.
SpineFit fit_spine(std::span<const SpineCell> cells);

} // namespace spindle::shelf
