// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "image/quad.h"
#include "shelf/spine_maps.h"

namespace spindle::shelf::samples {

/// A case seen at an angle: centre and size in pixels, angle of its reading direction in degrees.
inline image::Quad case_at(double x, double y, double length, double thickness, double degrees) {
    const double angle = degrees * 3.14159265358979 / 180;
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    const auto corner = [&](double u, double v) {
        return image::Point{x + u * c - v * s, y + u * s + v * c};
    };
    const double l = length / 2;
    const double t = thickness / 2;
    return {{corner(-l, -t), corner(l, -t), corner(l, t), corner(-l, t)}};
}

inline double distance_to(const image::Point& p, const image::Point& a, const image::Point& b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    return ((p.x - a.x) * dy - (p.y - a.y) * dx) / std::max(std::hypot(dx, dy), 1e-9);
}

/// What a faultless detector would say of a picture of `width` x `height` pixels with these spines,
/// their words all along them.
inline SpineMaps maps_of(int width, int height, const std::vector<image::Quad>& spines) {
    SpineMaps maps;
    maps.width = width / 4;
    maps.height = height / 4;
    maps.values.assign(kSpineMaps * maps.cells(), 0);
    const auto put = [&](SpineMap map, std::size_t cell, double value) {
        maps.values[static_cast<std::size_t>(map) * maps.cells() + cell] =
            static_cast<float>(value);
    };
    for (const image::Quad& quad : spines) {
        const auto& q = quad.corners;
        const double read_x = (q[1].x - q[0].x) / std::hypot(q[1].x - q[0].x, q[1].y - q[0].y);
        const double read_y = (q[1].y - q[0].y) / std::hypot(q[1].x - q[0].x, q[1].y - q[0].y);
        const bool agreed = read_x + read_y > 0;
        const double along_x = agreed ? read_x : -read_x;
        const double along_y = agreed ? read_y : -read_y;
        for (int row = 0; row < maps.height; ++row) {
            for (int column = 0; column < maps.width; ++column) {
                const image::Point p{column * 4 + 2.0, row * 4 + 2.0};
                const double top = -distance_to(p, q[0], q[1]);
                const double last = -distance_to(p, q[1], q[2]);
                const double bottom = -distance_to(p, q[2], q[3]);
                const double first = -distance_to(p, q[3], q[0]);
                if (std::min({top, last, bottom, first}) <= 0) {
                    continue;
                }
                const auto cell =
                    static_cast<std::size_t>(row) * static_cast<std::size_t>(maps.width) +
                    static_cast<std::size_t>(column);
                const double thickness = top + bottom;
                const bool core = std::abs(top - bottom) / 2 <= std::max(0.3 * thickness, 2.3) &&
                                  std::min(first, last) >= std::min(0.3 * thickness, 24.0);
                put(SpineMap::Core, cell, core ? 0.95 : 0.05);
                put(SpineMap::Spine, cell, 0.97);
                put(SpineMap::Printed, cell, 0.98);
                put(SpineMap::Cos2, cell, along_x * along_x - along_y * along_y);
                put(SpineMap::Sin2, cell, 2 * along_x * along_y);
                put(SpineMap::Left, cell, agreed ? top : bottom);
                put(SpineMap::Right, cell, agreed ? bottom : top);
                put(SpineMap::Behind, cell, std::min(agreed ? first : last, 96.0));
                put(SpineMap::Ahead, cell, std::min(agreed ? last : first, 96.0));
                put(SpineMap::Text, cell, 0.9);
                put(SpineMap::ReadX, cell, read_x);
                put(SpineMap::ReadY, cell, read_y);
            }
        }
    }
    return maps;
}

} // namespace spindle::shelf::samples
