// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/map_fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace spindle::grade {
namespace {

constexpr double kKnotStep = 0.125;   // seconds
constexpr double kSmoothing = 0.25;   // seconds, standard deviation of the kernel
constexpr double kOutlier = 4.7;      // Tukey's biweight: 95 % efficiency
constexpr double kLeastTurns = 4;     // heard, for the rotation to be told from drift
constexpr double kTurnRange = 0.01;   // a record may have been cut this fast or slow
constexpr double kLeastGain = 0.93;   // of the scatter: less is chance
constexpr double kSlack = 1e-4;       // seconds that a smooth curve may be off its neighbours
constexpr int kRounds = 4;            // of reweighing
constexpr double kDriftSeconds = 2.5; // standard deviation: no turn is left in what is so smooth
constexpr std::size_t kTerms = 4;     // cosine and sine of one and of two rotations
constexpr std::array kTurnsPerMinute{100.0 / 3, 45.0, 78.26};

using Terms = std::array<double, kTerms>;

struct Point {
    double t = 0, p = 0, weight = 0;
};

/// Line through all pieces, with an offset for each.
struct Line {
    double t0 = 0, slope = 1;
    std::vector<double> offsets;
    double value(double t, std::size_t piece) const { return offsets[piece] + slope * (t - t0); }
};

/// What comes back every turn.
struct Rotation {
    double turn = 0; ///< seconds of the copy; 0: none
    Terms factors{};
    double scatter = 0;

    Terms terms(double p) const {
        const double angle = 2 * std::numbers::pi * p / turn;
        return {std::cos(angle), std::sin(angle), std::cos(2 * angle), std::sin(2 * angle)};
    }
    double value(double p) const {
        if (!(turn > 0)) {
            return 0;
        }
        const Terms x = terms(p);
        return std::inner_product(x.begin(), x.end(), factors.begin(), 0.0);
    }
};

/// Solves a symmetric positive system by Cholesky's way; false where it is none.
bool solve(std::array<Terms, kTerms>& m, Terms& y) {
    for (std::size_t i = 0; i < kTerms; ++i) {
        for (std::size_t k = 0; k <= i; ++k) {
            double sum = m[i][k];
            for (std::size_t j = 0; j < k; ++j) {
                sum -= m[i][j] * m[k][j];
            }
            if (i == k) {
                if (!(sum > 1e-12)) {
                    return false;
                }
                m[i][i] = std::sqrt(sum);
            } else {
                m[i][k] = sum / m[k][k];
            }
        }
    }
    for (std::size_t i = 0; i < kTerms; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            y[i] -= m[i][j] * y[j];
        }
        y[i] /= m[i][i];
    }
    for (std::size_t i = kTerms; i-- > 0;) {
        for (std::size_t j = i + 1; j < kTerms; ++j) {
            y[i] -= m[j][i] * y[j];
        }
        y[i] /= m[i][i];
    }
    return true;
}

double median_of(std::vector<double> values) {
    if (values.empty()) {
        return 0;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Biweight: what lies beyond kOutlier deviations counts nothing. Gives back the deviation.
double reweigh(std::span<const Point> points, std::span<const double> off,
               std::vector<double>& weights) {
    std::vector<double> sizes(off.size());
    std::transform(off.begin(), off.end(), sizes.begin(), [](double x) { return std::abs(x); });
    const double scatter = 1.483 * median_of(sizes) + 1e-9;
    for (std::size_t i = 0; i < off.size(); ++i) {
        const double u = sizes[i] / (kOutlier * scatter);
        weights[i] = points[i].weight * (u < 1 ? (1 - u * u) * (1 - u * u) : 1e-6);
    }
    return scatter;
}

std::vector<double> weights_of(std::span<const Point> points) {
    std::vector<double> weights(points.size());
    std::transform(points.begin(), points.end(), weights.begin(),
                   [](const Point& point) { return point.weight; });
    return weights;
}

/// @param begins first point of each piece, and behind the last.
Line fit_line(std::span<const Point> points, std::span<const std::size_t> begins) {
    Line line;
    line.t0 = points[points.size() / 2].t;
    const std::size_t pieces = begins.size() - 1;
    line.offsets.assign(pieces, 0.0);
    auto weights = weights_of(points);
    std::vector<double> off(points.size());
    for (int round = 0; round < kRounds; ++round) {
        double tt = 1e-12;
        double tp = 0;
        std::vector<std::array<double, 2>> means(pieces);
        for (std::size_t k = 0; k < pieces; ++k) {
            double sum = 1e-12;
            for (std::size_t i = begins[k]; i < begins[k + 1]; ++i) {
                sum += weights[i];
                means[k][0] += weights[i] * (points[i].t - line.t0);
                means[k][1] += weights[i] * points[i].p;
            }
            means[k] = {means[k][0] / sum, means[k][1] / sum};
            for (std::size_t i = begins[k]; i < begins[k + 1]; ++i) {
                const double t = points[i].t - line.t0 - means[k][0];
                tt += weights[i] * t * t;
                tp += weights[i] * t * (points[i].p - means[k][1]);
            }
        }
        line.slope = tp / tt;
        for (std::size_t k = 0; k < pieces; ++k) {
            line.offsets[k] = means[k][1] - line.slope * means[k][0];
            for (std::size_t i = begins[k]; i < begins[k + 1]; ++i) {
                off[i] = points[i].p - line.value(points[i].t, k);
            }
        }
        reweigh(points, off, weights);
    }
    return line;
}

Rotation fit_rotation(std::span<const Point> points, std::span<const double> rest, double turn,
                      int rounds) {
    Rotation rotation;
    rotation.turn = turn;
    auto weights = weights_of(points);
    std::vector<double> off(points.size());
    std::vector<Terms> terms(points.size());
    std::transform(points.begin(), points.end(), terms.begin(),
                   [&](const Point& point) { return rotation.terms(point.p); });
    for (int round = 0; round < rounds; ++round) {
        std::array<Terms, kTerms> matrix{};
        Terms right{};
        for (std::size_t i = 0; i < points.size(); ++i) {
            const Terms& x = terms[i];
            for (std::size_t j = 0; j < kTerms; ++j) {
                for (std::size_t k = 0; k <= j; ++k) {
                    matrix[j][k] += weights[i] * x[j] * x[k];
                }
                right[j] += weights[i] * x[j] * rest[i];
            }
        }
        if (!solve(matrix, right)) {
            return {};
        }
        rotation.factors = right;
        for (std::size_t i = 0; i < points.size(); ++i) {
            off[i] =
                rest[i] - std::inner_product(terms[i].begin(), terms[i].end(), right.begin(), 0.0);
        }
        rotation.scatter = reweigh(points, off, weights);
    }
    return rotation;
}

/// The rotation that explains most of what is left without drift; none where it explains little.
Rotation find_rotation(std::span<const Point> points, std::span<const double> rest) {
    std::vector<double> weights(points.size());
    const double without = reweigh(points, rest, weights);
    const double length = points.back().t - points.front().t;
    // A coarse search on a part of the points is enough to find the turn.
    std::vector<Point> some;
    std::vector<double> some_rest;
    const std::size_t stride = 1 + points.size() / 4000;
    for (std::size_t i = 0; i < points.size(); i += stride) {
        some.push_back(points[i]);
        some_rest.push_back(rest[i]);
    }
    Rotation best;
    best.scatter = kLeastGain * without;
    for (const double turns_per_minute : kTurnsPerMinute) {
        const double nominal = 60 / turns_per_minute;
        const double turns = length / nominal;
        if (turns < kLeastTurns) {
            continue;
        }
        const double step = std::max(0.15 / turns, kTurnRange / 100);
        double turn = nominal;
        double least = 1e9;
        for (double off = -std::floor(kTurnRange / step) * step; off <= kTurnRange; off += step) {
            const Rotation rotation = fit_rotation(some, some_rest, nominal * (1 + off), 2);
            if (rotation.turn > 0 && rotation.scatter < least) {
                least = rotation.scatter;
                turn = rotation.turn;
            }
        }
        const Rotation rotation = fit_rotation(points, rest, turn, kRounds);
        if (rotation.turn > 0 && rotation.scatter < best.scatter) {
            best = rotation;
        }
    }
    return best;
}

/// A local line under a Gaussian at any moment; nothing where no point is near.
class Smoother {
public:
    Smoother(std::span<const Point> points, std::span<const double> rest, double width)
        : points_(points), rest_(rest), width_(width) {
        std::vector<double> steps;
        for (std::size_t i = 1; i < rest.size(); ++i) {
            steps.push_back(std::abs(rest[i] - rest[i - 1]));
        }
        limit_ = kOutlier * 1.483 * median_of(steps) + kSlack;
    }

    std::optional<double> at(double t) const {
        const double reach = 3 * width_;
        const auto first = std::lower_bound(points_.begin(), points_.end(), t - reach,
                                            [](const Point& p, double x) { return p.t < x; });
        const auto last = std::upper_bound(first, points_.end(), t + reach,
                                           [](double x, const Point& p) { return x < p.t; });
        const auto begin = static_cast<std::size_t>(first - points_.begin());
        const auto end = static_cast<std::size_t>(last - points_.begin());
        if (begin == end) {
            return std::nullopt;
        }
        // What is far from its neighbours is a wrong peak.
        const auto near = static_cast<std::size_t>(
            std::lower_bound(first, last, t, [](const Point& p, double x) { return p.t < x; }) -
            points_.begin());
        const std::size_t low = std::max(begin, near > 3 ? near - 3 : 0);
        const std::size_t high = std::min(end, near + 4);
        const double middle = median_of({rest_.begin() + static_cast<std::ptrdiff_t>(low),
                                         rest_.begin() + static_cast<std::ptrdiff_t>(high)});
        double s = 0, st = 0, stt = 0, sy = 0, sty = 0;
        for (std::size_t i = begin; i < end; ++i) {
            const double x = points_[i].t - t;
            const double u = (rest_[i] - middle) / (limit_ * (1 + std::abs(x)));
            if (std::abs(u) > 1) {
                continue;
            }
            const double w = points_[i].weight * std::exp(-0.5 * x * x / width_ / width_) *
                             (1 - u * u) * (1 - u * u);
            s += w;
            st += w * x;
            stt += w * x * x;
            sy += w * rest_[i];
            sty += w * x * rest_[i];
        }
        if (!(s > 1e-9)) {
            return middle;
        }
        // Where points are on one side only a line would shoot off: towards a mean.
        const double stiff = s * width_ * width_ * 0.1;
        return (sy * (stt + stiff) - sty * st) / (s * (stt + stiff) - st * st);
    }

private:
    std::span<const Point> points_;
    std::span<const double> rest_;
    double width_;
    double limit_ = 0;
};

/// The smoothed rest at evenly spaced knots; across gaps a line, beyond the ends the last value.
std::vector<double> knots_of(const Smoother& smoother, double from, std::size_t count) {
    std::vector<double> knots(count);
    std::optional<std::size_t> before;
    for (std::size_t k = 0; k < count; ++k) {
        const auto value = smoother.at(from + kKnotStep * static_cast<double>(k));
        if (!value) {
            continue;
        }
        knots[k] = *value;
        for (std::size_t g = before ? *before + 1 : 0; g < k; ++g) {
            const double x =
                before ? static_cast<double>(g - *before) / static_cast<double>(k - *before) : 1;
            knots[g] = (before ? (1 - x) * knots[*before] : 0) + x * knots[k];
        }
        before = k;
    }
    for (std::size_t k = before ? *before + 1 : count; k < count; ++k) {
        knots[k] = knots[*before];
    }
    return knots;
}

} // namespace

FittedMap fit_map(const Trace& trace) {
    std::vector<Point> points;
    std::vector<std::size_t> begins{0};
    for (const TracePiece& piece : trace.pieces) {
        for (const TracePoint& point : piece.points) {
            points.push_back({point.recording, point.copy, std::min(1.0, point.quality / 30)});
        }
        begins.push_back(points.size());
    }
    const std::span<const Point> all(points);
    const Line line = fit_line(all, begins);
    std::vector<double> rest(points.size());   // beside the line
    std::vector<double> steady(points.size()); // beside the drift, too
    for (std::size_t k = 0; k < trace.pieces.size(); ++k) {
        const std::size_t count = begins[k + 1] - begins[k];
        for (std::size_t i = begins[k]; i < begins[k + 1]; ++i) {
            rest[i] = points[i].p - line.value(points[i].t, k);
        }
        const Smoother drift(all.subspan(begins[k], count),
                             std::span(rest).subspan(begins[k], count), kDriftSeconds);
        for (std::size_t i = begins[k]; i < begins[k + 1]; ++i) {
            steady[i] = rest[i] - drift.at(points[i].t).value_or(rest[i]);
        }
    }
    const Rotation rotation = find_rotation(all, steady);
    for (std::size_t i = 0; i < points.size(); ++i) {
        rest[i] -= rotation.value(points[i].p);
    }

    FittedMap fitted;
    fitted.turn_seconds = rotation.turn > 0 ? rotation.turn : 1.8;
    fitted.turns_per_minute = rotation.turn > 0 ? 60 / rotation.turn : 0;
    std::vector<TimeMap::Piece> pieces;
    std::vector<double> off;
    for (std::size_t k = 0; k < trace.pieces.size(); ++k) {
        const std::size_t count = begins[k + 1] - begins[k];
        const Smoother smoother(all.subspan(begins[k], count),
                                std::span(rest).subspan(begins[k], count), kSmoothing);
        TimeMap::Piece piece;
        piece.from = Seconds(trace.pieces[k].from);
        piece.to = Seconds(trace.pieces[k].to);
        piece.step = Seconds(kKnotStep);
        const auto knots =
            static_cast<std::size_t>(std::ceil((piece.to - piece.from).count() / kKnotStep)) + 2;
        const auto smoothed = knots_of(smoother, piece.from.count(), knots);
        for (std::size_t i = 0; i < knots; ++i) {
            const double t = piece.from.count() + kKnotStep * static_cast<double>(i);
            const double even = line.value(t, k) + smoothed[i];
            // The rotation's phase is the copy's: some rounds find it.
            double p = even;
            for (int round = 0; round < 3; ++round) {
                p = even + rotation.value(p);
            }
            piece.knots.push_back(p);
        }
        for (std::size_t i = begins[k]; i < begins[k + 1]; ++i) {
            off.push_back(std::abs(rest[i] - smoother.at(points[i].t).value_or(rest[i])));
        }
        pieces.push_back(std::move(piece));
    }
    fitted.scatter = 1.483 * median_of(off);
    fitted.map = TimeMap(std::move(pieces));
    return fitted;
}

} // namespace spindle::grade
