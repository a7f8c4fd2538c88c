// SPDX-License-Identifier: Apache-2.0
#include "shelf/overlap.h"

#include <algorithm>
#include <cmath>

namespace spindle::shelf {
namespace {

/// The share of the smaller one that the other covers.
double covered(const image::Quad& a, const image::Quad& b) {
    const double area_a = image::area_of(a);
    const double area_b = image::area_of(b);
    const double smaller = std::min(area_a, area_b);
    const double ratio = image::overlap_of(a, b); // common / (area_a + area_b - common)
    return smaller > 0 ? (area_a + area_b) * ratio / (1 + ratio) / smaller : 1;
}

} // namespace

double weight_of(const Spine& spine) {
    return spine.confidence * std::sqrt(image::length_of(spine.quad));
}

std::vector<Spine> without_overlaps(std::vector<Rival> rivals, double most_overlap) {
    std::stable_sort(rivals.begin(), rivals.end(),
                     [](const Rival& a, const Rival& b) { return a.weight > b.weight; });
    std::vector<Spine> kept;
    for (const auto& [spine, weight] : rivals) {
        const bool free = std::none_of(kept.begin(), kept.end(), [&](const Spine& other) {
            return covered(spine.quad, other.quad) > most_overlap;
        });
        if (free) {
            kept.push_back(spine);
        }
    }
    std::stable_sort(kept.begin(), kept.end(),
                     [](const Spine& a, const Spine& b) { return a.confidence > b.confidence; });
    return kept;
}

} // namespace spindle::shelf
