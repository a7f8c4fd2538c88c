// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

namespace spindle::image {

/// A place in a picture, in pixels: x to the right, y down, (0, 0) the outer corner of the top left
/// pixel, so that the centre of that pixel is (0.5, 0.5).
struct Point {
    double x = 0;
    double y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

/// Four corners in reading order: where the top left, top right, bottom right and bottom left of
/// the text would be if it were held upright. So corners[0] to corners[1] is the direction in which
/// it is read, and the shape stays convex; on a photo it is seldom an exact rectangle.
struct Quad {
    std::array<Point, 4> corners;
    friend bool operator==(const Quad&, const Quad&) = default;
};

/// Mean length of the two edges along the reading direction, and of the two across it, in pixels.
double length_of(const Quad& quad);
double thickness_of(const Quad& quad);

/// The same place read from its other end: upside down.
Quad turned_around(const Quad& quad);

/// Area in square pixels; 0 for a degenerate one. Never negative.
double area_of(const Quad& quad);

/// Does it bend the same way at all corners, at each of them truly? So no two corners coincide, no
/// three lie on a line, and all are numbers.
bool is_convex(const Quad& quad);

/// Area of the intersection of two convex quads over that of their union, 0 to 1; 0 when one has no
/// area. The order of the corners does not matter, only that they follow the outline.
double overlap_of(const Quad& a, const Quad& b);

} // namespace spindle::image
