// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "image/quad.h"

namespace spindle::made_shelf {

/// Area of a convex quad, square pixels.
inline double area_in(const image::Quad& quad) {
    double twice = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const image::Point a = quad.corners[i];
        const image::Point b = quad.corners[(i + 1) % 4];
        twice += a.x * b.y - a.y * b.x;
    }
    return std::abs(twice) / 2;
}

/// Mean length of the edges across the reading direction.
inline double thickness_in(const image::Quad& quad) {
    const auto& c = quad.corners;
    return (std::hypot(c[3].x - c[0].x, c[3].y - c[0].y) +
            std::hypot(c[2].x - c[1].x, c[2].y - c[1].y)) /
           2;
}

} // namespace spindle::made_shelf
