// SPDX-License-Identifier: Apache-2.0
#include "grade/motion/wow_curve.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <functional>
#include <numbers>
#include <numeric>
#include <span>

#include "dsp/inverse_fft.h"
#include "grade/motion/wow_weighting.h"

namespace spindle::grade {
namespace {

constexpr double kTwoPi = 2 * std::numbers::pi;
constexpr double kLeastSeconds = 2;
constexpr double kBlockSeconds = 32;  // a filter that ends at 0.2 Hz rings for some seconds
constexpr double kMirrorSeconds = 20; // the same, at both ends
constexpr double kEndSeconds = 2;     // not counted: there the filter sees what is mirrored
constexpr double kTwoSigma = 0.95;    // of the time
constexpr double kLowest = 0.2;       // Hz, of wow
constexpr double kHighest = 200;      // Hz, of flutter
constexpr double kLeastTurns = 4;
constexpr double kTurnRange = 0.01; // the turn may be this far from where the copy puts it
constexpr double kTurnHertz = 20;   // values a second are plenty for what swings at 1.3 Hz
constexpr double kStandsOut = 4;    // standard errors: the best of some hundred rates is 3
constexpr std::array kTurnsPerMinute{100.0 / 3, 45.0, 78.26};

/// The curve filtered without delay: overlapping windows that add up to 1, each with room for the
/// filter to ring on either side. Turned about the ends, where it should cross 0, so that a
/// sine goes on as one.
std::vector<float> filtered(std::span<const float> curve, double hertz,
                            const std::function<double(double)>& gain) {
    int block = 64;
    while (block < kBlockSeconds * hertz && block < (1 << 18)) {
        block *= 2;
    }
    auto fft = dsp::RealFft::create(2 * block);
    if (!fft) {
        return {curve.begin(), curve.end()}; // cannot be: powers of two are there
    }
    std::vector<float> gains(static_cast<std::size_t>(fft->bins()));
    for (std::size_t k = 0; k < gains.size(); ++k) {
        gains[k] = static_cast<float>(gain(static_cast<double>(k) * hertz / (2 * block)));
    }
    const std::size_t n = curve.size();
    const std::size_t mirror =
        std::min(n - 1, static_cast<std::size_t>(std::lround(kMirrorSeconds * hertz)));
    std::vector<float> in(n + 2 * mirror);
    for (std::size_t i = 0; i < mirror; ++i) {
        // It fades, or its own end would be the step.
        const double fade = 0.5 - 0.5 * std::cos(std::numbers::pi * static_cast<double>(i) /
                                                 static_cast<double>(mirror));
        in[i] = static_cast<float>(fade) * -curve[mirror - i];
        in[mirror + n + i] = static_cast<float>(1 - fade) * -curve[n - 2 - i];
    }
    std::copy(curve.begin(), curve.end(), in.begin() + static_cast<std::ptrdiff_t>(mirror));

    const auto length = static_cast<std::ptrdiff_t>(block);
    const std::ptrdiff_t hop = length / 2;
    const auto size = static_cast<std::ptrdiff_t>(in.size());
    std::vector<float> out(in.size(), 0.0F);
    std::vector<std::complex<float>> spectrum(gains.size());
    std::vector<float> back(static_cast<std::size_t>(2 * block));
    for (std::ptrdiff_t from = -hop; from < size; from += hop) {
        const std::span<float> windowed = fft->input();
        std::fill(windowed.begin(), windowed.end(), 0.0F);
        for (std::ptrdiff_t i = std::max<std::ptrdiff_t>(0, -from); i < length && from + i < size;
             ++i) {
            const double window =
                0.5 - 0.5 * std::cos(kTwoPi * (static_cast<double>(i) + 0.5) / block);
            windowed[static_cast<std::size_t>(i + hop)] =
                static_cast<float>(window) * in[static_cast<std::size_t>(from + i)];
        }
        const auto values = fft->transform();
        for (std::size_t k = 0; k < gains.size(); ++k) {
            spectrum[k] = values[k] * gains[k];
        }
        dsp::inverse(*fft, spectrum, back);
        for (std::ptrdiff_t i = 0; i < 2 * length; ++i) {
            const std::ptrdiff_t at = from - hop + i;
            if (at >= 0 && at < size) {
                out[static_cast<std::size_t>(at)] += back[static_cast<std::size_t>(i)];
            }
        }
    }
    const std::size_t end =
        std::min(n / 4, static_cast<std::size_t>(std::lround(kEndSeconds * hertz)));
    return {out.begin() + static_cast<std::ptrdiff_t>(mirror + end),
            out.begin() + static_cast<std::ptrdiff_t>(mirror + n - end)};
}

/// Without its linear trend, from the first to the last time it crosses 0 (within a quarter of its
/// length from either end).
std::span<const float> without_trend(std::vector<float>& curve) {
    // From windowed means of the two halves: what swings does not look like a slope to them.
    const std::size_t half = curve.size() / 2;
    const auto mean = [half](std::span<const float> part) {
        double sum = 0;
        for (std::size_t i = 0; i < half; ++i) {
            const double angle =
                kTwoPi * (static_cast<double>(i) + 0.5) / static_cast<double>(half);
            sum += (1 - std::cos(angle)) * static_cast<double>(part[i]);
        }
        return sum / static_cast<double>(half);
    };
    const double early = mean(std::span(curve).first(half));
    const double late = mean(std::span(curve).last(half));
    const double slope = (late - early) / static_cast<double>(curve.size() - half);
    for (std::size_t i = 0; i < curve.size(); ++i) {
        const double x = static_cast<double>(i) - static_cast<double>(curve.size() - 1) / 2;
        curve[i] -= static_cast<float>((early + late) / 2 + slope * x);
    }
    std::size_t first = 0;
    std::size_t last = curve.size() - 1;
    for (std::size_t i = 1; i < curve.size() / 4; ++i) {
        const std::size_t back = curve.size() - 1 - i;
        if (first == 0 && std::signbit(curve[i]) != std::signbit(curve[i - 1])) {
            first = std::abs(curve[i]) < std::abs(curve[i - 1]) ? i : i - 1;
        }
        if (last == curve.size() - 1 &&
            std::signbit(curve[back]) != std::signbit(curve[back + 1])) {
            last = std::abs(curve[back]) < std::abs(curve[back + 1]) ? back : back + 1;
        }
    }
    return std::span(curve).subspan(first, last - first + 1);
}

/// Mean of as many values as make a slow curve; its rate is returned in `hertz`.
std::vector<double> slow(std::span<const float> curve, double& hertz) {
    const auto factor =
        std::max<std::size_t>(1, static_cast<std::size_t>(std::floor(hertz / kTurnHertz)));
    std::vector<double> out(curve.size() / factor);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto part = curve.subspan(i * factor, factor);
        out[i] = std::accumulate(part.begin(), part.end(), 0.0) / static_cast<double>(factor);
    }
    hertz /= static_cast<double>(factor);
    return out;
}

/// Amplitude of the swing at one rate, under a Hann window.
double swing(std::span<const double> curve, double hertz, double rate) {
    const auto n = static_cast<double>(curve.size());
    const std::complex<double> step = std::polar(1.0, -kTwoPi * rate / hertz);
    const std::complex<double> window_step = std::polar(1.0, kTwoPi / n);
    std::complex<double> turn = 1;
    std::complex<double> window = std::polar(1.0, std::numbers::pi / n);
    std::complex<double> sum = 0;
    for (const double value : curve) {
        sum += value * (0.5 - 0.5 * window.real()) * turn;
        turn *= step;
        window *= window_step;
    }
    return 4 * std::abs(sum) / n; // the window's mean is a half
}

std::optional<TurnWow> turn_wow(std::span<const float> deviation, double hertz, double speed) {
    double rate = hertz;
    const auto curve = slow(deviation, rate);
    const double length = static_cast<double>(curve.size()) / rate;
    std::optional<TurnWow> best;
    for (const double turns_per_minute : kTurnsPerMinute) {
        const double turn = turns_per_minute / 60 * speed;
        if (length * turn < kLeastTurns || turn > 0.4 * rate) {
            continue;
        }
        double peak = 0;
        const double reach = kTurnRange * turn;
        const double step = std::max(0.25 / length, reach / 200);
        for (double off = -std::floor(reach / step) * step; off <= reach; off += step) {
            peak = std::max(peak, swing(curve, rate, turn + off));
        }
        double noise = 0;
        int places = 0;
        for (const double side : {-1.0, 1.0}) {
            for (int k = 0; k < 6; ++k) {
                const double at = turn + side * (reach + (2.5 + k) / length);
                if (at > 0.15 && at < 0.5 * rate) {
                    const double value = swing(curve, rate, at);
                    noise += value * value;
                    ++places;
                }
            }
        }
        if (places == 0) {
            continue;
        }
        // The mean of `slow` takes a little of what swings fast.
        const double angle = std::numbers::pi * turn / rate;
        const double error = std::sqrt(noise / places / 2) + 1e-7;
        const TurnWow found{peak * angle / std::sin(angle), turns_per_minute, error};
        if (peak > kStandsOut * error &&
            (!best || found.peak / found.error > best->peak / best->error)) {
            best = found;
        }
    }
    return best;
}

} // namespace

WowFigures wow_figures(const WowCurve& curve) {
    WowFigures figures;
    if (curve.speed.empty() || !(curve.hertz > 0)) {
        return figures;
    }
    const double mean = std::accumulate(curve.speed.begin(), curve.speed.end(), 0.0) /
                        static_cast<double>(curve.speed.size());
    figures.speed_error = mean - 1;
    if (curve.length() < Seconds(kLeastSeconds) || curve.speed.size() < 16 || !(mean > 0)) {
        return figures;
    }
    std::vector<float> deviation(curve.speed.size());
    std::transform(curve.speed.begin(), curve.speed.end(), deviation.begin(), [mean](float speed) {
        return static_cast<float>(static_cast<double>(speed) / mean - 1);
    });
    const auto turned = turn_wow(deviation, curve.hertz, mean);
    const auto level = without_trend(deviation);
    for (const float value : filtered(level, curve.hertz, [](double hertz) {
             return hertz <= kLowest / 2 || hertz > kHighest ? 0.0
                    : hertz < kLowest
                        ? 0.5 - 0.5 * std::cos(std::numbers::pi * (2 * hertz / kLowest - 1))
                        : 1.0;
         })) {
        figures.peak = std::max(figures.peak, static_cast<double>(std::abs(value)));
    }
    auto weighted = filtered(level, curve.hertz, wow_weighting);
    for (float& value : weighted) {
        value = std::abs(value);
    }
    const auto place = weighted.begin() + static_cast<std::ptrdiff_t>(
                                              kTwoSigma * static_cast<double>(weighted.size()));
    std::nth_element(weighted.begin(), place, weighted.end());
    figures.weighted = static_cast<double>(*place);
    figures.turn = turned;
    return figures;
}

} // namespace spindle::grade
