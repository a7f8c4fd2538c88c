// SPDX-License-Identifier: Apache-2.0
#include "app/dig/plane_map.h"

#include <cmath>
#include <utility>

namespace spindle::app {
namespace {

/// Solves a x = b in place by elimination with pivots; nothing if `a` is (nearly) singular.
template <std::size_t N>
std::optional<std::array<double, N>> solve(std::array<std::array<double, N>, N> a,
                                           std::array<double, N> b) {
    constexpr double kSingular = 1e-12; // the inputs are scaled to be near 1
    for (std::size_t column = 0; column < N; ++column) {
        std::size_t pivot = column;
        for (std::size_t row = column + 1; row < N; ++row) {
            if (std::abs(a[row][column]) > std::abs(a[pivot][column])) {
                pivot = row;
            }
        }
        if (!(std::abs(a[pivot][column]) > kSingular)) {
            return std::nullopt;
        }
        std::swap(a[pivot], a[column]);
        std::swap(b[pivot], b[column]);
        for (std::size_t row = column + 1; row < N; ++row) {
            const double factor = a[row][column] / a[column][column];
            for (std::size_t k = column; k < N; ++k) {
                a[row][k] -= factor * a[column][k];
            }
            b[row] -= factor * b[column];
        }
    }
    std::array<double, N> x{};
    for (std::size_t row = N; row-- > 0;) {
        double sum = b[row];
        for (std::size_t k = row + 1; k < N; ++k) {
            sum -= a[row][k] * x[k];
        }
        x[row] = sum / a[row][row];
    }
    return x;
}

/// Moves the middle of points to (0, 0) and makes their mean distance from it 1.
struct Scaling {
    image::Point middle;
    double scale = 1;

    image::Point operator()(const image::Point& point) const {
        return {(point.x - middle.x) * scale, (point.y - middle.y) * scale};
    }
};

Scaling scaling_of(std::span<const PointPair> pairs, image::Point PointPair::*side) {
    Scaling scaling;
    for (const PointPair& pair : pairs) {
        scaling.middle.x += (pair.*side).x / static_cast<double>(pairs.size());
        scaling.middle.y += (pair.*side).y / static_cast<double>(pairs.size());
    }
    double distance = 0;
    for (const PointPair& pair : pairs) {
        distance +=
            std::hypot((pair.*side).x - scaling.middle.x, (pair.*side).y - scaling.middle.y);
    }
    scaling.scale = distance > 0 ? static_cast<double>(pairs.size()) / distance : 1;
    return scaling;
}

using Matrix = std::array<double, 9>;

Matrix product(const Matrix& a, const Matrix& b) {
    Matrix c{};
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column) {
            for (std::size_t k = 0; k < 3; ++k) {
                c[row * 3 + column] += a[row * 3 + k] * b[k * 3 + column];
            }
        }
    }
    return c;
}

/// The map found between scaled points, as one between the points themselves.
std::optional<PlaneMap> unscaled(const Matrix& found, const Scaling& from, const Scaling& to) {
    const Matrix before{from.scale, 0,          -from.middle.x * from.scale,
                        0,          from.scale, -from.middle.y * from.scale,
                        0,          0,          1};
    const Matrix after{1 / to.scale, 0, to.middle.x, 0, 1 / to.scale, to.middle.y, 0, 0, 1};
    PlaneMap map{product(after, product(found, before))};
    const double last = map.matrix[8];
    for (double& number : map.matrix) {
        number /= last;
        if (!std::isfinite(number)) {
            return std::nullopt;
        }
    }
    return map;
}

} // namespace

image::Point PlaneMap::operator()(const image::Point& point) const {
    const double w = matrix[6] * point.x + matrix[7] * point.y + matrix[8];
    return {(matrix[0] * point.x + matrix[1] * point.y + matrix[2]) / w,
            (matrix[3] * point.x + matrix[4] * point.y + matrix[5]) / w};
}

image::Quad PlaneMap::operator()(const image::Quad& quad) const {
    image::Quad mapped;
    for (std::size_t i = 0; i < quad.corners.size(); ++i) {
        mapped.corners[i] = (*this)(quad.corners[i]);
    }
    return mapped;
}

std::optional<PlaneMap> similarity_through(const PointPair& first, const PointPair& second) {
    const double x = second.from.x - first.from.x;
    const double y = second.from.y - first.from.y;
    const double u = second.to.x - first.to.x;
    const double v = second.to.y - first.to.y;
    const double length = x * x + y * y;
    if (!(length > 0)) {
        return std::nullopt;
    }
    const double cosine = (x * u + y * v) / length; // times the scale
    const double sine = (x * v - y * u) / length;
    return PlaneMap{{cosine, -sine, first.to.x - cosine * first.from.x + sine * first.from.y, sine,
                     cosine, first.to.y - sine * first.from.x - cosine * first.from.y, 0, 0, 1}};
}

std::optional<PlaneMap> affine_fit(std::span<const PointPair> pairs) {
    if (pairs.size() < 3) {
        return std::nullopt;
    }
    const Scaling from = scaling_of(pairs, &PointPair::from);
    const Scaling to = scaling_of(pairs, &PointPair::to);
    std::array<std::array<double, 3>, 3> normal{};
    std::array<double, 3> right_x{};
    std::array<double, 3> right_y{};
    for (const PointPair& pair : pairs) {
        const image::Point a = from(pair.from);
        const image::Point b = to(pair.to);
        const std::array<double, 3> row{a.x, a.y, 1};
        for (std::size_t i = 0; i < 3; ++i) {
            for (std::size_t k = 0; k < 3; ++k) {
                normal[i][k] += row[i] * row[k];
            }
            right_x[i] += row[i] * b.x;
            right_y[i] += row[i] * b.y;
        }
    }
    const auto x = solve(normal, right_x);
    const auto y = solve(normal, right_y);
    if (!x || !y) {
        return std::nullopt;
    }
    return unscaled({(*x)[0], (*x)[1], (*x)[2], (*y)[0], (*y)[1], (*y)[2], 0, 0, 1}, from, to);
}

std::optional<PlaneMap> projective_fit(std::span<const PointPair> pairs) {
    if (pairs.size() < 4) {
        return std::nullopt;
    }
    const Scaling from = scaling_of(pairs, &PointPair::from);
    const Scaling to = scaling_of(pairs, &PointPair::to);
    std::array<std::array<double, 8>, 8> normal{};
    std::array<double, 8> right{};
    const auto add = [&](const std::array<double, 8>& row, double value) {
        for (std::size_t i = 0; i < 8; ++i) {
            for (std::size_t k = 0; k < 8; ++k) {
                normal[i][k] += row[i] * row[k];
            }
            right[i] += row[i] * value;
        }
    };
    for (const PointPair& pair : pairs) {
        const image::Point a = from(pair.from);
        const image::Point b = to(pair.to);
        add({a.x, a.y, 1, 0, 0, 0, -a.x * b.x, -a.y * b.x}, b.x);
        add({0, 0, 0, a.x, a.y, 1, -a.x * b.y, -a.y * b.y}, b.y);
    }
    const auto h = solve(normal, right);
    if (!h) {
        return std::nullopt;
    }
    return unscaled({(*h)[0], (*h)[1], (*h)[2], (*h)[3], (*h)[4], (*h)[5], (*h)[6], (*h)[7], 1},
                    from, to);
}

double mean_error(const PlaneMap& map, std::span<const PointPair> pairs) {
    double sum = 0;
    for (const PointPair& pair : pairs) {
        const image::Point mapped = map(pair.from);
        sum += std::hypot(mapped.x - pair.to.x, mapped.y - pair.to.y);
    }
    return pairs.empty() ? 0 : sum / static_cast<double>(pairs.size());
}

} // namespace spindle::app
