// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/map_fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

namespace spindle::grade {
namespace {

constexpr double kKnotStep = 0.125; // seconds
constexpr double kSmoothing = 0.25; // seconds, standard deviation of the kernel
constexpr double kOutlier = 4.7;    // Tukey's biweight: 95 % efficiency
constexpr double kLeastTurns = 4;   // heard, for the rotation to be told from drift
constexpr double kTurnRange = 0.01; // a record may have been cut this fast or slow
constexpr double kLeastGain = 0.93; // of the scatter: less is chance
constexpr std::size_t kTerms = 5;   // slope, cos and sin of one and two rotations
constexpr std::array kTurnsPerMinute{100.0 / 3, 45.0, 78.26};

using Terms = std::array<double, kTerms>;

struct Point {
    double t = 0, p = 0, weight = 0;
    std::size_t piece = 0;
};

struct Model {
    double turn = 0; ///< seconds of the copy; 0: no rotation
    double t0 = 0;
    Terms factors{};
    std::vector<double> offsets; ///< of the pieces
    double scatter = 0;

    Terms terms(double t, double p) const {
        Terms x{t - t0, 0, 0, 0, 0};
        if (turn > 0) {
            const double angle = 2 * std::numbers::pi * p / turn;
            x = {t - t0, std::cos(angle), std::sin(angle), std::cos(2 * angle),
                 std::sin(2 * angle)};
        }
        return x;
    }
    double value(double t, double p, std::size_t piece) const {
        const Terms x = terms(t, p);
        return std::inner_product(x.begin(), x.end(), factors.begin(), offsets[piece]);
    }
};

/// Solves a symmetric positive system by Cholesky's way; false where it is none.
bool solve(std::array<Terms, kTerms>& m, Terms& y, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
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
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            y[i] -= m[i][j] * y[j];
        }
        y[i] /= m[i][i];
    }
    for (std::size_t i = count; i-- > 0;) {
        for (std::size_t j = i + 1; j < count; ++j) {
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

/// One weighted least-squares fit; offsets of the pieces are eliminated first.
std::optional<Model> fit_once(std::span<const Point> points, std::span<const double> weights,
                              std::size_t pieces, double turn, double t0) {
    Model model;
    model.turn = turn;
    model.t0 = t0;
    model.offsets.resize(pieces);
    const std::size_t count = turn > 0 ? kTerms : 1;
    std::vector<Terms> means(pieces, Terms{});
    std::vector<double> values(pieces), sums(pieces);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Terms x = model.terms(points[i].t, points[i].p);
        for (std::size_t j = 0; j < count; ++j) {
            means[points[i].piece][j] += weights[i] * x[j];
        }
        values[points[i].piece] += weights[i] * points[i].p;
        sums[points[i].piece] += weights[i];
    }
    for (std::size_t k = 0; k < pieces; ++k) {
        for (double& mean : means[k]) {
            mean /= std::max(sums[k], 1e-12);
        }
        values[k] /= std::max(sums[k], 1e-12);
    }
    std::array<Terms, kTerms> matrix{};
    Terms right{};
    for (std::size_t i = 0; i < points.size(); ++i) {
        Terms x = model.terms(points[i].t, points[i].p);
        for (std::size_t j = 0; j < count; ++j) {
            x[j] -= means[points[i].piece][j];
        }
        const double y = points[i].p - values[points[i].piece];
        for (std::size_t j = 0; j < count; ++j) {
            for (std::size_t k = 0; k <= j; ++k) {
                matrix[j][k] += weights[i] * x[j] * x[k];
            }
            right[j] += weights[i] * x[j] * y;
        }
    }
    if (!solve(matrix, right, count)) {
        return std::nullopt;
    }
    std::copy_n(right.begin(), count, model.factors.begin());
    for (std::size_t k = 0; k < pieces; ++k) {
        model.offsets[k] = values[k] - std::inner_product(means[k].begin(), means[k].end(),
                                                          model.factors.begin(), 0.0);
    }
    return model;
}

Model fit(std::span<const Point> points, std::size_t pieces, double turn, int rounds) {
    std::vector<double> weights(points.size());
    std::transform(points.begin(), points.end(), weights.begin(),
                   [](const Point& point) { return point.weight; });
    const double t0 = points[points.size() / 2].t;
    Model best;
    best.offsets.resize(pieces);
    for (int round = 0; round < rounds; ++round) {
        const auto model = fit_once(points, weights, pieces, turn, t0);
        if (!model) {
            break;
        }
        best = *model;
        std::vector<double> off(points.size());
        for (std::size_t i = 0; i < points.size(); ++i) {
            off[i] = std::abs(points[i].p - best.value(points[i].t, points[i].p, points[i].piece));
        }
        best.scatter = 1.483 * median_of(off) + 1e-9;
        for (std::size_t i = 0; i < points.size(); ++i) {
            const double u = off[i] / (kOutlier * best.scatter);
            weights[i] = points[i].weight * (u < 1 ? (1 - u * u) * (1 - u * u) : 1e-6);
        }
    }
    return best;
}

Model best_model(std::span<const Point> points, std::size_t pieces) {
    Model best = fit(points, pieces, 0, 4);
    const double length = points.back().t - points.front().t;
    const double without = best.scatter;
    // A coarse search on a part of the points is enough to find the turn.
    std::vector<Point> some;
    const std::size_t stride = 1 + points.size() / 4000;
    for (std::size_t i = 0; i < points.size(); i += stride) {
        some.push_back(points[i]);
    }
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
            const Model model = fit(some, pieces, nominal * (1 + off), 2);
            if (model.scatter < least) {
                least = model.scatter;
                turn = nominal * (1 + off);
            }
        }
        const Model model = fit(points, pieces, turn, 4);
        if (model.scatter < kLeastGain * without && model.scatter < best.scatter) {
            best = model;
        }
    }
    return best;
}

/// What the model leaves of one piece, smoothed: a local line under a Gaussian, at evenly spaced
/// knots; beside it the scatter around it.
struct Smoothed {
    std::vector<double> knots;
    std::vector<double> off;
};

Smoothed smooth(std::span<const Point> points, std::span<const double> rest, double from,
                std::size_t count) {
    const double scatter = 1.483 * median_of([&] {
                               std::vector<double> steps;
                               for (std::size_t i = 1; i < rest.size(); ++i) {
                                   steps.push_back(std::abs(rest[i] - rest[i - 1]));
                               }
                               return steps;
                           }()) +
                           1e-7;
    const auto local = [&](double t) -> std::optional<double> {
        const double reach = 3 * kSmoothing;
        const auto first = std::lower_bound(points.begin(), points.end(), t - reach,
                                            [](const Point& p, double at) { return p.t < at; });
        const auto last = std::upper_bound(points.begin(), points.end(), t + reach,
                                           [](double at, const Point& p) { return at < p.t; });
        const auto begin = static_cast<std::size_t>(first - points.begin());
        const auto end = static_cast<std::size_t>(last - points.begin());
        if (begin == end) {
            return std::nullopt;
        }
        const double middle = median_of({rest.begin() + static_cast<std::ptrdiff_t>(begin),
                                         rest.begin() + static_cast<std::ptrdiff_t>(end)});
        double s = 0, st = 0, stt = 0, sy = 0, sty = 0;
        for (std::size_t i = begin; i < end; ++i) {
            const double x = points[i].t - t;
            const double u = (rest[i] - middle) / (6 * scatter + 2e-4);
            if (std::abs(u) > 1) {
                continue;
            }
            const double w = points[i].weight * std::exp(-0.5 * x * x / kSmoothing / kSmoothing) *
                             (1 - u * u) * (1 - u * u);
            s += w;
            st += w * x;
            stt += w * x * x;
            sy += w * rest[i];
            sty += w * x * rest[i];
        }
        if (!(s > 1e-9)) {
            return std::nullopt;
        }
        // Where points are on one side only a line would shoot off: towards a mean.
        const double stiff = s * kSmoothing * kSmoothing * 0.25;
        return (sy * (stt + stiff) - sty * st) / (s * (stt + stiff) - st * st);
    };
    Smoothed out;
    out.knots.resize(count);
    std::vector<bool> known(count);
    for (std::size_t k = 0; k < count; ++k) {
        const auto value = local(from + kKnotStep * static_cast<double>(k));
        known[k] = value.has_value();
        out.knots[k] = value.value_or(0);
    }
    // Gaps: a line across, and the last value on at the ends.
    std::optional<std::size_t> before;
    for (std::size_t k = 0; k < count; ++k) {
        if (!known[k]) {
            continue;
        }
        const std::size_t gap_from = before ? *before + 1 : 0;
        for (std::size_t g = gap_from; g < k; ++g) {
            const double x =
                before ? static_cast<double>(g - *before) / static_cast<double>(k - *before) : 1;
            out.knots[g] = (before ? (1 - x) * out.knots[*before] : 0) + x * out.knots[k];
        }
        before = k;
    }
    for (std::size_t k = before ? *before + 1 : count; k < count; ++k) {
        out.knots[k] = out.knots[*before];
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double place = (points[i].t - from) / kKnotStep;
        const auto k = static_cast<std::size_t>(
            std::clamp(std::lround(place), 0L, static_cast<long>(count) - 1));
        out.off.push_back(std::abs(rest[i] - out.knots[k]));
    }
    return out;
}

} // namespace

FittedMap fit_map(const Trace& trace) {
    std::vector<Point> points;
    for (std::size_t k = 0; k < trace.pieces.size(); ++k) {
        for (const TracePoint& point : trace.pieces[k].points) {
            points.push_back({point.recording, point.copy, std::min(1.0, point.quality / 30), k});
        }
    }
    const Model model = best_model(points, trace.pieces.size());
    FittedMap fitted;
    fitted.turn_seconds = model.turn > 0 ? model.turn : 1.8;
    fitted.turns_per_minute = model.turn > 0 ? 60 / model.turn : 0;

    std::vector<TimeMap::Piece> pieces;
    std::vector<double> off;
    std::size_t begin = 0;
    for (std::size_t k = 0; k < trace.pieces.size(); ++k) {
        const std::size_t end = begin + trace.pieces[k].points.size();
        const std::span<const Point> own(points.data() + begin, end - begin);
        std::vector<double> rest(own.size());
        for (std::size_t i = 0; i < own.size(); ++i) {
            rest[i] = own[i].p - model.value(own[i].t, own[i].p, k);
        }
        TimeMap::Piece piece;
        piece.from = Seconds(trace.pieces[k].from);
        piece.to = Seconds(trace.pieces[k].to);
        piece.step = Seconds(kKnotStep);
        const auto count =
            static_cast<std::size_t>(std::ceil((piece.to - piece.from).count() / kKnotStep)) + 2;
        const Smoothed smoothed = smooth(own, rest, piece.from.count(), count);
        off.insert(off.end(), smoothed.off.begin(), smoothed.off.end());
        for (std::size_t i = 0; i < count; ++i) {
            const double t = piece.from.count() + kKnotStep * static_cast<double>(i);
            // The rotation's phase is the copy's: two rounds find it.
            double p = model.offsets[k] + model.factors[0] * (t - model.t0);
            for (int round = 0; round < 3; ++round) {
                p = model.value(t, p, k) + smoothed.knots[i];
            }
            piece.knots.push_back(p);
        }
        pieces.push_back(std::move(piece));
        begin = end;
    }
    fitted.scatter = 1.483 * median_of(off);
    fitted.map = TimeMap(std::move(pieces));
    return fitted;
}

} // namespace spindle::grade
