// SPDX-License-Identifier: Apache-2.0
#include "image/detail/homography.h"

namespace spindle::image::detail {

Homography Homography::to(const Quad& quad) {
    if (!is_convex(quad)) {
        return to_parallelogram(quad);
    }
    const auto& [p0, p1, p2, p3] = quad.corners;
    // How far the corners are from a parallelogram, expressed in the edges at the third corner.
    const Point away{p0.x - p1.x + p2.x - p3.x, p0.y - p1.y + p2.y - p3.y};
    const Point edge1{p1.x - p2.x, p1.y - p2.y};
    const Point edge2{p3.x - p2.x, p3.y - p2.y};
    const double area = edge1.x * edge2.y - edge1.y * edge2.x; // not 0: three corners on no line
    const double g = (away.x * edge2.y - away.y * edge2.x) / area;
    const double h = (edge1.x * away.y - edge1.y * away.x) / area;
    return Homography({p1.x - p0.x + g * p1.x, p3.x - p0.x + h * p3.x, p0.x, //
                       p1.y - p0.y + g * p1.y, p3.y - p0.y + h * p3.y, p0.y, //
                       g, h, 1});
}

Homography Homography::to_parallelogram(const Quad& quad) {
    const auto& [p0, p1, p2, p3] = quad.corners;
    const Point along{(p1.x - p0.x + p2.x - p3.x) / 2, (p1.y - p0.y + p2.y - p3.y) / 2};
    const Point across{(p3.x - p0.x + p2.x - p1.x) / 2, (p3.y - p0.y + p2.y - p1.y) / 2};
    const Point center{(p0.x + p1.x + p2.x + p3.x) / 4, (p0.y + p1.y + p2.y + p3.y) / 4};
    return Homography({along.x, across.x, center.x - (along.x + across.x) / 2, //
                       along.y, across.y, center.y - (along.y + across.y) / 2, //
                       0, 0, 1});
}

Homography Homography::shift_and_scale(Point shift, double scale_x, double scale_y) {
    return Homography({scale_x, 0, shift.x, 0, scale_y, shift.y, 0, 0, 1});
}

Homography Homography::after(const Homography& next) const {
    std::array<double, 9> product{};
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column) {
            for (std::size_t k = 0; k < 3; ++k) {
                product[row * 3 + column] += m_[row * 3 + k] * next.m_[k * 3 + column];
            }
        }
    }
    return Homography(product);
}

Point Homography::map(const Point& point) const {
    const double w = m_[6] * point.x + m_[7] * point.y + m_[8];
    return {(m_[0] * point.x + m_[1] * point.y + m_[2]) / w,
            (m_[3] * point.x + m_[4] * point.y + m_[5]) / w};
}

double Homography::depth_at(const Point& point) const {
    return m_[6] * point.x + m_[7] * point.y + m_[8];
}

} // namespace spindle::image::detail
