// SPDX-License-Identifier: Apache-2.0
#include "shelf/length_agreement.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace spindle::shelf {
namespace {

/// A spine as a bar: where its middle is, how long it is and which way it lies.
struct Bar {
    double x = 0, y = 0;
    double length = 0;
    double angle = 0; ///< degrees, 0 to 180
};

Bar bar_of(const image::Quad& quad) {
    const auto& c = quad.corners;
    Bar bar;
    for (const image::Point& corner : c) {
        bar.x += corner.x / 4;
        bar.y += corner.y / 4;
    }
    double dx = (c[1].x + c[2].x - c[0].x - c[3].x) / 2;
    double dy = (c[1].y + c[2].y - c[0].y - c[3].y) / 2;
    if (image::length_of(quad) < image::thickness_of(quad)) {
        dx = (c[3].x + c[2].x - c[0].x - c[1].x) / 2;
        dy = (c[3].y + c[2].y - c[0].y - c[1].y) / 2;
    }
    bar.length = std::hypot(dx, dy);
    bar.angle = std::fmod(std::atan2(dy, dx) * 180 / std::numbers::pi + 360, 180);
    return bar;
}

double turn_between(const Bar& a, const Bar& b) {
    const double turn = std::abs(a.angle - b.angle);
    return std::min(turn, 180 - turn);
}

/// Median length of the nearest that lie as it does; 0 when they are too few.
double usual_length(const std::vector<Bar>& bars, std::size_t one, const LengthOptions& options) {
    std::vector<std::pair<double, double>> near; // distance, length
    for (std::size_t i = 0; i < bars.size(); ++i) {
        if (i != one && turn_between(bars[i], bars[one]) <= options.most_turn) {
            near.emplace_back(std::hypot(bars[i].x - bars[one].x, bars[i].y - bars[one].y),
                              bars[i].length);
        }
    }
    if (near.size() < options.least_neighbours) {
        return 0;
    }
    std::sort(near.begin(), near.end());
    near.resize(std::min(near.size(), options.neighbours));
    std::vector<double> lengths;
    for (const auto& [distance, length] : near) {
        lengths.push_back(length);
    }
    std::sort(lengths.begin(), lengths.end());
    const std::size_t half = lengths.size() / 2;
    return lengths.size() % 2 == 1 ? lengths[half] : (lengths[half - 1] + lengths[half]) / 2;
}

} // namespace

std::vector<Spine> of_fitting_length(const std::vector<Spine>& spines,
                                     const LengthOptions& options) {
    std::vector<Bar> bars;
    for (const Spine& spine : spines) {
        bars.push_back(bar_of(spine.quad));
    }
    std::vector<Spine> fitting;
    for (std::size_t i = 0; i < spines.size(); ++i) {
        if (spines[i].confidence >= options.sure ||
            bars[i].length >= options.least_share * usual_length(bars, i, options)) {
            fitting.push_back(spines[i]);
        }
    }
    return fitting;
}

} // namespace spindle::shelf
