// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/time_map.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace spindle::grade {
namespace {

struct Cubic {
    double value = 0, slope = 0;
};

/// Cubic through the knots with the slopes of their neighbours (Catmull and Rom); beyond the ends
/// a line.
Cubic cubic_at(const TimeMap::Piece& piece, double recording) {
    const std::vector<double>& knots = piece.knots;
    const double step = piece.step.count();
    const std::size_t last = knots.size() - 1;
    const double place = (recording - piece.from.count()) / step;
    const auto slope_at = [&](std::size_t k) {
        const std::size_t before = k == 0 ? 0 : k - 1;
        const std::size_t after = std::min(k + 1, last);
        return (knots[after] - knots[before]) / static_cast<double>(after - before);
    };
    if (place <= 0) {
        return {knots[0] + place * slope_at(0), slope_at(0) / step};
    }
    if (place >= static_cast<double>(last)) {
        return {knots[last] + (place - static_cast<double>(last)) * slope_at(last),
                slope_at(last) / step};
    }
    const auto k = static_cast<std::size_t>(place);
    const double x = place - static_cast<double>(k);
    const double rise = knots[k + 1] - knots[k];
    const double m0 = slope_at(k);
    const double m1 = slope_at(k + 1);
    const double b = 3 * rise - 2 * m0 - m1;
    const double a = m0 + m1 - 2 * rise;
    return {knots[k] + x * (m0 + x * (b + x * a)), (m0 + x * (2 * b + x * 3 * a)) / step};
}

} // namespace

TimeMap::TimeMap(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {}

Seconds TimeMap::start() const {
    return pieces_.empty() ? Seconds(0) : pieces_.front().from;
}

Seconds TimeMap::end() const {
    return pieces_.empty() ? Seconds(0) : pieces_.back().to;
}

const TimeMap::Piece& TimeMap::piece_at(Seconds recording) const {
    const auto next =
        std::upper_bound(pieces_.begin(), pieces_.end(), recording,
                         [](Seconds at, const Piece& piece) { return at < piece.from; });
    if (next == pieces_.begin()) {
        return pieces_.front();
    }
    const auto piece = std::prev(next);
    if (next != pieces_.end() && recording > piece->to &&
        next->from - recording < recording - piece->to) {
        return *next;
    }
    return *piece;
}

Seconds TimeMap::at(Seconds recording) const {
    if (pieces_.empty()) {
        return Seconds(0);
    }
    return Seconds(cubic_at(piece_at(recording), recording.count()).value);
}

double TimeMap::speed(Seconds recording) const {
    return pieces_.empty() ? 1 : cubic_at(piece_at(recording), recording.count()).slope;
}

} // namespace spindle::grade
