// SPDX-License-Identifier: Apache-2.0
#include "image/quad.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace spindle::image {
namespace {

using Polygon = std::vector<Point>;

double distance(const Point& a, const Point& b) {
    return std::hypot(b.x - a.x, b.y - a.y);
}

/// Twice the area of the triangle; positive when c lies to the right of a to b, as seen on screen.
double turn(const Point& a, const Point& b, const Point& c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

double signed_area(std::span<const Point> polygon) {
    if (polygon.size() < 3) {
        return 0;
    }
    double twice = 0;
    // From the first corner, so that places far from the origin lose no digits.
    for (std::size_t i = 1; i + 1 < polygon.size(); ++i) {
        twice += turn(polygon[0], polygon[i], polygon[i + 1]);
    }
    return twice / 2;
}

/// What of `polygon` lies on the inner side of the line from a to b (Sutherland & Hodgman 1974).
Polygon clipped(const Polygon& polygon, const Point& a, const Point& b) {
    Polygon kept;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const Point& from = polygon[i];
        const Point& to = polygon[(i + 1) % polygon.size()];
        const double side_from = turn(a, b, from);
        const double side_to = turn(a, b, to);
        if (side_from >= 0) {
            kept.push_back(from);
        }
        if ((side_from >= 0) != (side_to >= 0)) {
            const double part = side_from / (side_from - side_to);
            kept.push_back({from.x + part * (to.x - from.x), from.y + part * (to.y - from.y)});
        }
    }
    return kept;
}

/// Its corners in the direction in which signed_area is positive.
Polygon ordered(const Quad& quad) {
    Polygon corners(quad.corners.begin(), quad.corners.end());
    if (signed_area(corners) < 0) {
        std::ranges::reverse(corners);
    }
    return corners;
}

} // namespace

double length_of(const Quad& quad) {
    const auto& c = quad.corners;
    return (distance(c[0], c[1]) + distance(c[3], c[2])) / 2;
}

double thickness_of(const Quad& quad) {
    const auto& c = quad.corners;
    return (distance(c[0], c[3]) + distance(c[1], c[2])) / 2;
}

Quad turned_around(const Quad& quad) {
    const auto& c = quad.corners;
    return {{c[2], c[3], c[0], c[1]}};
}

double area_of(const Quad& quad) {
    return std::abs(signed_area(quad.corners));
}

bool is_convex(const Quad& quad) {
    const auto& c = quad.corners;
    bool left = true;
    bool right = true;
    for (std::size_t i = 0; i < 4; ++i) {
        const double bend = turn(c[i], c[(i + 1) % 4], c[(i + 2) % 4]);
        right = right && bend > 0; // false for NaN too
        left = left && bend < 0;
    }
    return left || right;
}

double overlap_of(const Quad& a, const Quad& b) {
    const double area_a = area_of(a);
    const double area_b = area_of(b);
    if (!(area_a > 0) || !(area_b > 0) || !std::isfinite(area_a) || !std::isfinite(area_b)) {
        return 0;
    }
    const Polygon frame = ordered(b);
    Polygon common = ordered(a);
    for (std::size_t i = 0; i < 4 && !common.empty(); ++i) {
        common = clipped(common, frame[i], frame[(i + 1) % 4]);
    }
    const double shared = std::clamp(signed_area(common), 0.0, std::min(area_a, area_b));
    return shared / (area_a + area_b - shared);
}

} // namespace spindle::image
