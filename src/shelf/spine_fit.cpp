// SPDX-License-Identifier: Apache-2.0
#include "shelf/spine_fit.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace spindle::shelf {
namespace {

/// An end is seen from nearer than this; the maps say 96 for "far", and err by a fifth at 60.
constexpr double kSight = 56;
/// The ends of a case are square to it but for perspective: as stiff as samples half as far again
/// from the middle as those there are, all saying "square".
constexpr double kSquareness = 2;

SpineFrame frame_of(std::span<const SpineCell> cells) {
    SpineFrame frame;
    double weight = 0;
    double cos2 = 0;
    double sin2 = 0;
    for (const SpineCell& cell : cells) {
        weight += cell.core;
        frame.x += cell.core * cell.x;
        frame.y += cell.core * cell.y;
        cos2 += cell.core * (cell.along_x * cell.along_x - cell.along_y * cell.along_y);
        sin2 += cell.core * 2 * cell.along_x * cell.along_y;
    }
    frame.x /= weight;
    frame.y /= weight;
    const double angle = std::atan2(sin2, cos2) / 2;
    frame.along_x = std::cos(angle);
    frame.along_y = std::sin(angle);
    if (frame.along_x + frame.along_y < 0) {
        frame.along_x = -frame.along_x;
        frame.along_y = -frame.along_y;
    }
    return frame;
}

image::Point crossing(const FittedLine& side, const FittedLine& end, const SpineFrame& frame) {
    // v = side(u), u = end(v)
    const double u = (end.offset + end.slope * side.offset) / (1 - end.slope * side.slope);
    return frame.point(u, side(u));
}

struct End {
    FittedLine line;
    bool seen = false;
};

/// `sign` 1 for the end ahead, -1 for the one behind.
End fit_end(std::span<const SpineCell> cells, const SpineFrame& frame, double sign,
            double thickness) {
    std::vector<Sample> samples;
    double farthest = -1e9; // of the cells themselves, in the direction of the end
    double squares = 0;
    for (const SpineCell& cell : cells) {
        const double u = sign * frame.u(cell.x, cell.y);
        const double v = frame.v(cell.x, cell.y);
        const double to_end = sign > 0 ? cell.ahead : cell.behind;
        farthest = std::max(farthest, u);
        if (to_end < kSight) {
            // nearer cells know better
            samples.push_back({v, u + to_end, cell.core / (to_end + SpineMaps::kCell)});
            squares += samples.back().weight * v * v;
        }
    }
    End end;
    if (!samples.empty()) {
        end.line = fit_line(samples, kSquareness * squares);
        // Cells beyond the end, or an end seen far ahead of the last cell: something in between is
        // not as the cells believe, and the cells themselves are what is certain.
        const double slack = std::max(3 * SpineMaps::kCell, thickness);
        end.seen = end.line(0) > farthest - slack && end.line(0) < farthest + slack + kSight / 2;
    }
    if (!end.seen) {
        end.line = {.offset = farthest + SpineMaps::kCell / 2, .slope = 0, .spread = 0};
    }
    end.line.offset *= sign;
    end.line.slope *= sign;
    return end;
}

} // namespace

double SpineFit::thickness() const {
    const double middle = (ahead(0) + behind(0)) / 2;
    return right(middle) - left(middle);
}

image::Quad SpineFit::quad() const {
    return {{crossing(left, behind, frame), crossing(left, ahead, frame),
             crossing(right, ahead, frame), crossing(right, behind, frame)}};
}

SpineFit fit_spine(std::span<const SpineCell> cells) {
    SpineFit fit;
    fit.frame = frame_of(cells);
    std::vector<Sample> left;
    std::vector<Sample> right;
    double core = 0;
    double printed = 0;
    for (const SpineCell& cell : cells) {
        const double u = fit.frame.u(cell.x, cell.y);
        const double v = fit.frame.v(cell.x, cell.y);
        left.push_back({u, v - cell.left, cell.core});
        right.push_back({u, v + cell.right, cell.core});
        core += cell.core;
        printed += cell.printed;
    }
    // A piece hardly longer than thick cannot tell its own slope well.
    const double stiffness = core * SpineMaps::kCell * SpineMaps::kCell;
    fit.left = fit_line(left, stiffness);
    fit.right = fit_line(right, stiffness);
    fit.core = core / static_cast<double>(cells.size());
    fit.printed = printed / static_cast<double>(cells.size());
    const double thickness = fit.right.offset - fit.left.offset;
    const End behind = fit_end(cells, fit.frame, -1, thickness);
    const End ahead = fit_end(cells, fit.frame, 1, thickness);
    fit.behind = behind.line;
    fit.ahead = ahead.line;
    fit.sees_behind = behind.seen;
    fit.sees_ahead = ahead.seen;
    return fit;
}

} // namespace spindle::shelf
