// SPDX-License-Identifier: Apache-2.0
#include "turntable/line_fit.h"

#include <algorithm>
#include <cmath>

namespace spindle::turntable {
namespace {

// A window of 10 s knows its own speed to 0.02 % (bench/, median), a place in it to 2 ms: after
// this long the line through the places knows it better.
constexpr double kTakesOver = 12; // s, standard deviation of times: a line of some 40 s
constexpr double kWindowError = 2.5e-4;
constexpr double kIndependent = 1.0 / 3;

} // namespace

void LineFit::add(Seconds at, Seconds position, double speed) {
    if (count_ == 0) {
        origin_ = at;
        base_ = position;
    }
    const double t = (at - origin_).count();
    const double p = (position - base_).count();
    ++count_;
    t_ += t;
    p_ += p;
    tt_ += t * t;
    tp_ += t * p;
    pp_ += p * p;
    window_speed_ += (speed - window_speed_) / count_;
}

double LineFit::slope() const {
    const double n = count_;
    const double variance = tt_ / n - t_ * t_ / (n * n);
    return variance > 0 ? (tp_ / n - t_ * p_ / (n * n)) / variance : window_speed_;
}

double LineFit::speed() const {
    if (count_ == 0) {
        return 1;
    }
    const double n = count_;
    const double spread = std::sqrt(std::max(0.0, tt_ / n - t_ * t_ / (n * n)));
    const double weight = std::clamp(spread / kTakesOver, 0.0, 1.0);
    return weight * slope() + (1 - weight) * window_speed_;
}

double LineFit::speed_error() const {
    if (count_ < 3) {
        return kWindowError;
    }
    const double n = count_;
    const double variance = tt_ / n - t_ * t_ / (n * n);
    const double residual = std::max(0.0, pp_ / n - p_ * p_ / (n * n) -
                                              std::pow(tp_ / n - t_ * p_ / (n * n), 2) / variance);
    const double of_line = std::sqrt(residual / (variance * std::max(1.0, n * kIndependent)));
    const double weight = std::clamp(std::sqrt(variance) / kTakesOver, 0.0, 1.0);
    return std::max(1e-6, weight * of_line + (1 - weight) * kWindowError / std::sqrt(1 + n / 10));
}

Seconds LineFit::position(Seconds at) const {
    if (count_ == 0) {
        return Seconds{0};
    }
    const double n = count_;
    return base_ + Seconds{p_ / n} + speed() * (at - origin_ - Seconds{t_ / n});
}

Seconds LineFit::start() const {
    return origin_ - position(origin_) / speed();
}

} // namespace spindle::turntable
