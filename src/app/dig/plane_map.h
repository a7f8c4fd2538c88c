// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>

#include "image/quad.h"

namespace spindle::app {

/// How one photo of a flat thing lies over another: a projective map of the plane (Hartley and
/// Zisserman, Multiple View Geometry, 2nd ed., 2.3).
struct PlaneMap {
    /// Rows of the 3 x 3 matrix; the last number is 1.
    std::array<double, 9> matrix{1, 0, 0, 0, 1, 0, 0, 0, 1};

    image::Point operator()(const image::Point& point) const;
    image::Quad operator()(const image::Quad& quad) const;
};

/// A point in one photo and the same point in the other.
struct PointPair {
    image::Point from;
    image::Point to;
};

/// Turned, scaled and moved so that `first` and `second` come to lie where they should; nothing if
/// they are one point.
std::optional<PlaneMap> similarity_through(const PointPair& first, const PointPair& second);

/// The affine map nearest to all pairs, by least squares; nothing if they do not decide it.
std::optional<PlaneMap> affine_fit(std::span<const PointPair> pairs);

/// The projective map nearest to all pairs in the algebraic sense (normalised DLT with the last
/// number 1); nothing if they do not decide it.
std::optional<PlaneMap> projective_fit(std::span<const PointPair> pairs);

/// Mean distance, in pixels, between where the map puts the points and where they are.
double mean_error(const PlaneMap& map, std::span<const PointPair> pairs);

} // namespace spindle::app
