// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>

namespace spindle::made_shelf {

/// A place or direction in the room, in millimetres: x to the right, y down, z away from the
/// camera's side. The plane z = 0 is where spines stand that are neither pushed in nor pulled out.
struct Vec {
    double x = 0;
    double y = 0;
    double z = 0;

    friend Vec operator+(Vec a, Vec b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
    friend Vec operator-(Vec a, Vec b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
    friend Vec operator*(Vec a, double by) { return {a.x * by, a.y * by, a.z * by}; }
};

inline double dot(Vec a, Vec b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}
inline Vec cross(Vec a, Vec b) {
    return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double length(Vec a) {
    return std::sqrt(dot(a, a));
}
inline Vec unit(Vec a) {
    return a * (1 / length(a));
}

/// A flat rectangle in the room: `corner` is where the top left of what is on it would be held
/// upright, `across` and `down` its edges in full length. Seen from the side where across x down
/// points away from the viewer.
struct Face {
    Vec corner;
    Vec across;
    Vec down;

    Vec at(double u, double v) const { return corner + across * u + down * v; }
    std::array<Vec, 4> corners() const { return {at(0, 0), at(1, 0), at(1, 1), at(0, 1)}; }
    /// Towards the viewer, not of unit length.
    Vec normal() const { return cross(across, down) * -1; }
};

/// A case or a book as a box. Its spine faces `cross(reading, below) * -1`.
struct Solid {
    Vec centre;  ///< of the spine face
    Vec reading; ///< unit vector along which the spine is read
    Vec below;   ///< unit vector from the top of its letters to their feet
    double length = 0;
    double thickness = 0;
    double depth = 0;

    Face spine() const {
        return {centre - reading * (length / 2) - below * (thickness / 2), reading * length,
                below * thickness};
    }
    Vec inward() const { return cross(reading, below); }

    /// The large faces: that towards the letters' tops, then that towards their feet.
    std::array<Face, 2> sides() const {
        const Face front = spine();
        const Vec in = inward() * depth;
        return {Face{front.corner + in, front.across, in * -1.0},
                Face{front.corner + front.down, front.across, in}};
    }
    /// The small ones: before the first letter, then behind the last.
    std::array<Face, 2> ends() const {
        const Face front = spine();
        const Vec in = inward() * depth;
        return {Face{front.corner + in, in * -1.0, front.down},
                Face{front.corner + front.across, in, front.down}};
    }
};

} // namespace spindle::made_shelf
