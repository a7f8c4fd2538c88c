// SPDX-License-Identifier: Apache-2.0
#include "shelf/spine_tracing.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "shelf/cell_grouping.h"
#include "shelf/overlap.h"
#include "shelf/spine_fit.h"

namespace spindle::shelf {
namespace {

using Cells = std::vector<SpineCell>;

struct Piece {
    Cells cells;
    SpineFit fit;
};

/// The probability of a map at a place between its cells; 0 outside.
double map_at(const SpineMaps& maps, SpineMap map, image::Point point) {
    const auto column = static_cast<int>(std::floor(point.x / SpineMaps::kCell));
    const auto row = static_cast<int>(std::floor(point.y / SpineMaps::kCell));
    if (column < 0 || row < 0 || column >= maps.width || row >= maps.height) {
        return 0;
    }
    return static_cast<double>(
        maps.of(map)[static_cast<std::size_t>(row) * static_cast<std::size_t>(maps.width) +
                     static_cast<std::size_t>(column)]);
}

/// Means of maps over a grid of places in a quad.
template <class Visit>
void visit_inside(const image::Quad& quad, Visit visit) {
    const double length = image::length_of(quad);
    const double thickness = image::thickness_of(quad);
    const int along = std::clamp(static_cast<int>(length / SpineMaps::kCell), 4, 400);
    const int across = std::clamp(static_cast<int>(thickness / SpineMaps::kCell), 2, 40);
    const auto& c = quad.corners;
    for (int i = 0; i < along; ++i) {
        const double s = (i + 0.5) / along;
        for (int j = 0; j < across; ++j) {
            const double t = (j + 0.5) / across;
            visit(image::Point{
                (c[0].x * (1 - s) + c[1].x * s) * (1 - t) + (c[3].x * (1 - s) + c[2].x * s) * t,
                (c[0].y * (1 - s) + c[1].y * s) * (1 - t) + (c[3].y * (1 - s) + c[2].y * s) * t});
        }
    }
}

/// Joins `b` to `a` when it is the same spine going on after a gap: glare, a sticker, a hand.
bool goes_on(const Piece& a, const Piece& b, const SpineMaps& maps, const TracingOptions& options) {
    const SpineFit& fit = a.fit;
    const double cosine =
        std::abs(fit.frame.along_x * b.fit.frame.along_x + fit.frame.along_y * b.fit.frame.along_y);
    const double thickness = fit.thickness();
    if (cosine < std::cos(options.most_turn * std::numbers::pi / 180) ||
        std::max(thickness, b.fit.thickness()) >
            options.most_growth * std::min(thickness, b.fit.thickness())) {
        return false;
    }
    // b's ends in a's coordinates
    double first = 1e9;
    double last = -1e9;
    for (const SpineCell& cell : b.cells) {
        const double u = fit.frame.u(cell.x, cell.y);
        first = std::min(first, u);
        last = std::max(last, u);
    }
    double start = 1e9;
    double stop = -1e9;
    for (const SpineCell& cell : a.cells) {
        const double u = fit.frame.u(cell.x, cell.y);
        start = std::min(start, u);
        stop = std::max(stop, u);
    }
    const bool after = first > (start + stop) / 2;
    const double from = after ? stop : last;
    const double to = after ? first : start;
    const double gap = to - from;
    const double overlap = -gap;
    if (overlap > 0.5 * std::min(stop - start, last - first) ||
        gap > std::max(4 * thickness, 12 * SpineMaps::kCell)) {
        return false;
    }
    const double middle = (from + to) / 2;
    const auto middle_line = [&](const SpineFit& piece, double u) {
        const image::Point at = fit.frame.point(u, 0);
        const double own = piece.frame.u(at.x, at.y);
        const image::Point on = piece.frame.point(own, (piece.left(own) + piece.right(own)) / 2);
        return fit.frame.v(on.x, on.y);
    };
    if (std::abs(middle_line(a.fit, middle) - middle_line(b.fit, middle)) >
        options.most_offset * thickness) {
        return false;
    }
    if (gap <= 2 * SpineMaps::kCell) {
        return !(after ? a.fit.sees_ahead && b.fit.sees_behind
                       : a.fit.sees_behind && b.fit.sees_ahead) ||
               overlap > SpineMaps::kCell;
    }
    // Across a wider gap the picture must still look like a spine, or neither piece see its end.
    double spine = 0;
    int places = 0;
    for (double u = from; u <= to; u += SpineMaps::kCell, ++places) {
        spine += map_at(maps, SpineMap::Spine, fit.frame.point(u, middle_line(a.fit, u)));
    }
    const bool a_ends = after ? fit.sees_ahead : fit.sees_behind;
    const bool b_ends = after ? b.fit.sees_behind : b.fit.sees_ahead;
    return places > 0 && spine / places > (a_ends || b_ends ? 0.75 : 0.4) && !(a_ends && b_ends);
}

void join_pieces(std::vector<Piece>& pieces, const SpineMaps& maps, const TracingOptions& options) {
    bool joined = true;
    while (joined) {
        joined = false;
        for (std::size_t i = 0; i < pieces.size() && !joined; ++i) {
            for (std::size_t j = i + 1; j < pieces.size() && !joined; ++j) {
                // The longer one knows better where its line goes.
                Piece& longer =
                    pieces[i].cells.size() >= pieces[j].cells.size() ? pieces[i] : pieces[j];
                Piece& shorter = &longer == &pieces[i] ? pieces[j] : pieces[i];
                if (goes_on(longer, shorter, maps, options)) {
                    longer.cells.insert(longer.cells.end(), shorter.cells.begin(),
                                        shorter.cells.end());
                    longer.fit = fit_spine(longer.cells);
                    std::swap(shorter, pieces.back());
                    pieces.pop_back();
                    joined = true;
                }
            }
        }
    }
}

/// Confidence, print and reading direction from the maps over the whole quad.
Spine spine_of(const SpineFit& fit, const SpineMaps& maps) {
    Spine spine;
    spine.quad = fit.quad();
    spine.printed = fit.printed;
    double inside = 0;
    double forward = 0;
    double words = 0;
    int places = 0;
    visit_inside(spine.quad, [&](image::Point point) {
        inside += map_at(maps, SpineMap::Spine, point);
        const double text = map_at(maps, SpineMap::Text, point);
        words += text;
        forward += text * (map_at(maps, SpineMap::ReadX, point) * fit.frame.along_x +
                           map_at(maps, SpineMap::ReadY, point) * fit.frame.along_y);
        ++places;
    });
    spine.confidence = std::sqrt(fit.core * inside / std::max(places, 1));
    // An even chance counts like one cell of text, so that a few doubtful cells decide nothing.
    const double sway = forward / (words + 1);
    spine.direction = 0.5 + 0.5 * std::abs(sway);
    if (sway < 0) {
        spine.quad = image::turned_around(spine.quad);
    }
    return spine;
}

bool is_plausible(const Spine& spine, const TracingOptions& options) {
    const double thickness = image::thickness_of(spine.quad);
    return spine.confidence >= options.least_confidence && thickness >= options.least_thickness &&
           image::length_of(spine.quad) >= options.least_aspect * thickness;
}

} // namespace

std::vector<Spine> trace_spines(const SpineMaps& maps, const TracingOptions& options) {
    std::vector<Piece> pieces;
    for (Cells& cells : group_cells(maps, options)) {
        SpineFit fit = fit_spine(cells);
        pieces.push_back({std::move(cells), fit});
    }
    join_pieces(pieces, maps, options);
    std::vector<Spine> found;
    for (const Piece& piece : pieces) {
        Spine spine = spine_of(piece.fit, maps);
        if (is_plausible(spine, options)) {
            found.push_back(spine);
        }
    }
    std::vector<Rival> rivals;
    for (Spine& spine : found) {
        const double weight = weight_of(spine);
        rivals.push_back({std::move(spine), weight});
    }
    return without_overlaps(std::move(rivals), options.most_overlap);
}

} // namespace spindle::shelf
