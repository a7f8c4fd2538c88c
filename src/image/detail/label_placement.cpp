// SPDX-License-Identifier: Apache-2.0
#include "image/detail/label_placement.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace spindle::image::detail {
namespace {

Point half_way(const Point& a, const Point& b) {
    return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

} // namespace

Point middle_of(const Quad& quad) {
    return half_way(half_way(quad.corners[0], quad.corners[1]),
                    half_way(quad.corners[2], quad.corners[3]));
}

double label_direction(const Quad& spine) {
    const Point begin = half_way(spine.corners[0], spine.corners[3]);
    const Point end = half_way(spine.corners[1], spine.corners[2]);
    const double direction = std::atan2(end.y - begin.y, end.x - begin.x);
    // Upright spines are read either way; beyond that, the head would have to turn over.
    constexpr double kSteepest = 100 * std::numbers::pi / 180;
    if (std::abs(direction) <= kSteepest) {
        return direction;
    }
    return direction > 0 ? direction - std::numbers::pi : direction + std::numbers::pi;
}

Quad rectangle(const Point& center, const LabelSize& size, double direction) {
    const double c = std::cos(direction);
    const double s = std::sin(direction);
    const auto corner = [&](double along, double across) {
        const double x = along * size.width / 2;
        const double y = across * size.height / 2;
        return Point{center.x + x * c - y * s, center.y + x * s + y * c};
    };
    return {{corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)}};
}

LabelPlacement::LabelPlacement(int width, int height, double gap)
    : width_(width), height_(height), gap_(gap) {}

bool LabelPlacement::is_free(const Quad& place) const {
    const bool inside = std::ranges::all_of(place.corners, [&](const Point& corner) {
        return corner.x >= gap_ && corner.y >= gap_ && corner.x <= width_ - gap_ &&
               corner.y <= height_ - gap_;
    });
    if (!inside) {
        return false;
    }
    const Point top_left = place.corners[0];
    const Point top_right = place.corners[1];
    const Quad with_gap =
        rectangle(middle_of(place), {length_of(place) + 2 * gap_, thickness_of(place) + 2 * gap_},
                  std::atan2(top_right.y - top_left.y, top_right.x - top_left.x));
    return std::ranges::none_of(taken_,
                                [&](const Quad& other) { return overlap_of(with_gap, other) > 0; });
}

std::optional<Quad> LabelPlacement::along(const Quad& spine, const LabelSize& size,
                                          From from) const {
    const Point begin = half_way(spine.corners[0], spine.corners[3]);
    const Point end = half_way(spine.corners[1], spine.corners[2]);
    const double length = std::hypot(end.x - begin.x, end.y - begin.y);
    const double free = length - size.width;
    if (!(free >= 0) || !std::isfinite(free)) {
        return std::nullopt;
    }
    const double inset = std::min(size.height * 0.2, free / 2);
    const double way = free - 2 * inset;
    constexpr int kMostSteps = 60;
    const int steps = std::min(kMostSteps, static_cast<int>(way / (size.height * 0.25)));
    for (int step = 0; step <= steps; ++step) {
        const double done = steps == 0 ? 0 : 1.0 * step / steps;
        const double at =
            inset + size.width / 2 + way * (from == From::Beginning ? done : 1 - done);
        const double part = at / length;
        const Quad place =
            rectangle({begin.x + part * (end.x - begin.x), begin.y + part * (end.y - begin.y)},
                      size, label_direction(spine));
        if (is_free(place)) {
            return place;
        }
    }
    return std::nullopt;
}

std::optional<Quad> LabelPlacement::beside(const Quad& spine, const LabelSize& size) const {
    const Point middle = middle_of(spine);
    // Rings of places about the spine, as wide apart as a label is high.
    constexpr int kRings = 12;
    constexpr int kPlaces = 16;
    for (int ring = 1; ring <= kRings; ++ring) {
        for (int i = 0; i < kPlaces; ++i) {
            const double angle = 2 * std::numbers::pi * i / kPlaces - std::numbers::pi / 2;
            const double across = size.width / 2 + ring * size.height;
            const double down = (ring + 0.5) * size.height * 1.5;
            const Quad place = rectangle(
                {middle.x + std::cos(angle) * across, middle.y + std::sin(angle) * down}, size, 0);
            const bool on_spine = std::ranges::any_of(
                spines_, [&](const Quad& other) { return overlap_of(place, other) > 0; });
            if (!on_spine && is_free(place)) {
                return place;
            }
        }
    }
    return std::nullopt;
}

} // namespace spindle::image::detail
