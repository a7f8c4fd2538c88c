// SPDX-License-Identifier: Apache-2.0
#include "turntable/wow_meter.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>

#include "grade/motion/wow_weighting.h"

namespace spindle::turntable {
namespace {

constexpr int kLeastWindows = 10; ///< a minute; fewer are wrong by more than there is to measure
constexpr std::size_t kLeastPairs = 25;

struct Sine {
    double cosine = 0, sine = 0;
};

/// Least squares of residual = a + b t + c cos(w t) + d sin(w t) over centred times; c and d in the
/// phase of absolute time. Nothing when the window cannot tell.
std::optional<Sine> fit(std::span<const fingerprint::LandmarkPair> pairs, Seconds start,
                        double speed, double hertz) {
    const double omega = 2 * std::numbers::pi * hertz;
    std::array<std::array<double, 5>, 4> m{}; // normal equations, right side last
    const double middle = static_cast<double>(pairs[pairs.size() / 2].clip.tick);
    const double reference = static_cast<double>(pairs[pairs.size() / 2].reference.tick);
    for (const fingerprint::LandmarkPair& pair : pairs) {
        const double dt =
            (static_cast<double>(pair.clip.tick) - middle) * fingerprint::kTick.count();
        const double at = start.count() + pair.clip.tick * fingerprint::kTick.count();
        // How much later than even rotation it came, in stream seconds.
        const double late = dt - (static_cast<double>(pair.reference.tick) - reference) *
                                     fingerprint::kTick.count() / speed;
        const std::array<double, 4> basis{1, dt, std::cos(omega * at), std::sin(omega * at)};
        for (std::size_t i = 0; i < 4; ++i) {
            for (std::size_t k = 0; k < 4; ++k) {
                m[i][k] += basis[i] * basis[k];
            }
            m[i][4] += basis[i] * late;
        }
    }
    for (std::size_t i = 0; i < 4; ++i) { // Gauss and Jordan, with pivots
        std::size_t pivot = i;
        for (std::size_t k = i + 1; k < 4; ++k) {
            pivot = std::abs(m[k][i]) > std::abs(m[pivot][i]) ? k : pivot;
        }
        std::swap(m[i], m[pivot]);
        if (std::abs(m[i][i]) < 1e-6) {
            return std::nullopt;
        }
        for (std::size_t k = 0; k < 4; ++k) {
            if (k != i) {
                const double factor = m[k][i] / m[i][i];
                for (std::size_t j = i; j < 5; ++j) {
                    m[k][j] -= factor * m[i][j];
                }
            }
        }
    }
    return Sine{m[2][4] / m[2][2], m[3][4] / m[3][3]};
}

} // namespace

void WowMeter::add(std::span<const fingerprint::LandmarkPair> pairs, Seconds start, double speed) {
    if (pairs.size() < kLeastPairs || !(speed > 0)) {
        return;
    }
    bool counted = false;
    for (Sum& sum : sums_) {
        if (const auto sine = fit(pairs, start, speed, sum.turns_per_minute / 60 * speed)) {
            sum.cosine += sine->cosine;
            sum.sine += sine->sine;
            sum.cosine2 += sine->cosine * sine->cosine;
            sum.sine2 += sine->sine * sine->sine;
            counted = true;
        }
    }
    windows_ += counted ? 1 : 0;
}

std::optional<Wow> WowMeter::wow() const {
    if (windows_ < kLeastWindows) {
        return std::nullopt;
    }
    Wow best;
    double significance = -1;
    const double n = windows_;
    for (const Sum& sum : sums_) {
        const double c = sum.cosine / n;
        const double s = sum.sine / n;
        const double variance =
            std::max(0.0, (sum.cosine2 + sum.sine2) / n - c * c - s * s) / 2 / (n - 1);
        const double omega = 2 * std::numbers::pi * sum.turns_per_minute / 60;
        // Noise alone has a length, too: its square is taken off.
        const double length = std::sqrt(std::max(0.0, c * c + s * s - 2 * variance));
        const double sure = length / std::sqrt(variance + 1e-12);
        if (sure > significance) {
            significance = sure;
            best = {length * omega,
                    length * omega * grade::wow_weighting(omega / 2 / std::numbers::pi),
                    std::sqrt(variance) * omega, sum.turns_per_minute};
        }
    }
    return best;
}

} // namespace spindle::turntable
