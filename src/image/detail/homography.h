// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "image/quad.h"

namespace spindle::image::detail {

/// A mapping of the plane that keeps straight lines straight.
class Homography {
public:
    /// The one that takes (0, 0), (1, 0), (1, 1), (0, 1) to the corners of `quad` (Heckbert 1989,
    /// "Fundamentals of texture mapping and image warping", 2.2). For a quad that is not convex, no
    /// such mapping makes a picture: then the parallelogram nearest to it.
    static Homography to(const Quad& quad);
    /// The parallelogram with the same centre and mean edges.
    static Homography to_parallelogram(const Quad& quad);

    /// First `next`, then this: a point p goes to this(next(p)).
    Homography after(const Homography& next) const;
    static Homography shift_and_scale(Point shift, double scale_x, double scale_y);

    Point map(const Point& point) const;
    /// How far from the viewer a place is, in units of its own: 0 on the horizon, less beyond it.
    double depth_at(const Point& point) const;

    /// Row by row, the last entry 1 for those made of a quad.
    const std::array<double, 9>& matrix() const { return m_; }

private:
    explicit Homography(const std::array<double, 9>& matrix) : m_(matrix) {}
    std::array<double, 9> m_;
};

} // namespace spindle::image::detail
