// SPDX-License-Identifier: Apache-2.0
#include "shelf/counting_order.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace spindle::shelf {
namespace {

struct Place {
    double x = 0; ///< centre
    double y = 0;
    double along_x = 1;
    double along_y = 0;
    double length = 0;
    double thickness = 0;

    bool upright() const { return std::abs(along_y) > std::abs(along_x); }
};

Place place_of(const image::Quad& quad) {
    const auto& c = quad.corners;
    Place place;
    for (const image::Point& corner : c) {
        place.x += corner.x / 4;
        place.y += corner.y / 4;
    }
    const double dx = c[1].x + c[2].x - c[0].x - c[3].x;
    const double dy = c[1].y + c[2].y - c[0].y - c[3].y;
    const double norm = std::max(std::hypot(dx, dy), 1e-9);
    place.along_x = dx / norm;
    place.along_y = dy / norm;
    place.length = image::length_of(quad);
    place.thickness = image::thickness_of(quad);
    return place;
}

/// Side by side: nearly parallel, next to each other for half their length, and no more than a few
/// spines of nothing between them.
bool are_neighbours(const Place& a, const Place& b) {
    if (a.upright() != b.upright() ||
        std::abs(a.along_x * b.along_x + a.along_y * b.along_y) < 0.8) {
        return false;
    }
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double along = std::abs(dx * a.along_x + dy * a.along_y);
    const double across = std::abs(dy * a.along_x - dx * a.along_y);
    return along < 0.5 * std::max(a.length, b.length) && across < 2.5 * (a.thickness + b.thickness);
}

} // namespace

std::vector<Spine> in_counting_order(const std::vector<Spine>& spines) {
    std::vector<Place> places;
    places.reserve(spines.size());
    for (const Spine& spine : spines) {
        places.push_back(place_of(spine.quad));
    }
    std::vector<std::size_t> group(spines.size());
    std::iota(group.begin(), group.end(), std::size_t{0});
    for (std::size_t i = 0; i < places.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (group[i] != group[j] && are_neighbours(places[i], places[j])) {
                const std::size_t from = std::max(group[i], group[j]);
                std::replace(group.begin(), group.end(), from, std::min(group[i], group[j]));
            }
        }
    }
    // A group stands where its top left is.
    struct Corner {
        double x = 1e18;
        double y = 1e18;
    };
    std::vector<Corner> corners(spines.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        Corner& corner = corners[group[i]];
        corner.x = std::min(corner.x, places[i].x);
        corner.y = std::min(corner.y, places[i].y);
    }
    std::vector<std::size_t> order(spines.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (group[a] != group[b]) {
            const Corner& ca = corners[group[a]];
            const Corner& cb = corners[group[b]];
            return ca.x + ca.y != cb.x + cb.y ? ca.x + ca.y < cb.x + cb.y : group[a] < group[b];
        }
        return places[a].upright() ? places[a].x < places[b].x : places[a].y < places[b].y;
    });
    std::vector<Spine> ordered;
    ordered.reserve(spines.size());
    for (const std::size_t i : order) {
        ordered.push_back(spines[i]);
    }
    return ordered;
}

} // namespace spindle::shelf
