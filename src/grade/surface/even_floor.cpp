// SPDX-License-Identifier: Apache-2.0
#include "grade/surface/even_floor.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "grade/surface/percentile.h"

namespace spindle::grade {
namespace {

constexpr double kFromHz = 900;
constexpr double kEdgeDb = 1.5; // of noise alone: 0.2 to 0.6
constexpr double kQuietest = 0.02, kQuiet = 0.1;
constexpr double kAlikeDb = 7;
constexpr double kMoves = 1;   // music does, in some band
constexpr double kMonoDb = 40; // side so far below mid is no second wall
// Density against the programme's level: noise of -72 dB, spread over 20 kHz.
constexpr double kLeastDensityDb = -72 - 43;

/// The lower edge of a band's levels.
struct Edge {
    double level_db = 0; ///< the 5th percentile would do as well
    double spread_db = 0;
    double typical_db = 0;
};

Edge edge_of(std::vector<float>& levels) {
    const double quiet = percentile(levels, kQuiet);
    return {quiet, quiet - percentile(levels, kQuietest), percentile(levels, 0.5)};
}

bool is_even(const Edge& middle, const Edge& across, double least_db) {
    if (across.level_db < middle.level_db - kMonoDb) {
        return middle.spread_db < kEdgeDb && middle.level_db > least_db;
    }
    return middle.spread_db < kEdgeDb && across.spread_db < kEdgeDb &&
           std::min(middle.level_db, across.level_db) > least_db &&
           std::abs(middle.level_db - across.level_db) < kAlikeDb;
}

} // namespace

EvenFloor find_even_floor(const SurfaceTrack& track, const SideMap& map, double loud_db) {
    EvenFloor floor;
    std::vector<float> mid;
    std::vector<float> side;
    double most_moved = 0;
    for (std::size_t third = 0; third < kThirds; ++third) {
        const Band band = third_band(third);
        if (band.from < kFromHz || band.to > 0.48 * track.rate.hz) {
            continue;
        }
        mid.clear();
        side.clear();
        for (const SideSpan& span : map.spans) {
            if (span.kind != SpanKind::Music && span.kind != SpanKind::Pause) {
                continue;
            }
            for (std::size_t i = span.first_cell; i < span.last_cell; ++i) {
                mid.push_back(static_cast<float>(track.cells[i].mid[third].db()));
                side.push_back(static_cast<float>(track.cells[i].side[third].db()));
            }
        }
        floor.heard = track.cell_time() * static_cast<double>(mid.size());
        const double least = loud_db + kLeastDensityDb + 10 * std::log10(band.to - band.from);
        if (!mid.empty()) {
            const Edge middle = edge_of(mid);
            floor.bands += is_even(middle, edge_of(side), least) ? 1 : 0;
            most_moved = std::max(most_moved, middle.typical_db - middle.level_db);
        }
    }
    if (most_moved < kMoves) {
        floor.bands = 0; // a tone that is held has edges everywhere
    }
    return floor;
}

} // namespace spindle::grade
