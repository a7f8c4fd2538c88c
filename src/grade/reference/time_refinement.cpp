// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/time_refinement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace spindle::grade {
namespace {

constexpr double kFrame = 0.01; // seconds
constexpr float kClip = 4;      // deviations of the residual: beyond are clicks
constexpr std::array kWidths{64.0, 32.0, 16.0, 8.0, 4.0, 2.0, 1.2}; // frames, wide to narrow
/// How much a width may add to the one before, in samples: flutter of 0.05 % at 8 Hz is 0.4.
constexpr double kDetail = 0.3;

/// Gaussian smoothing of two sums at once; their quotient is the weighted mean.
void smooth(std::span<const double> in, double width, std::vector<double>& out) {
    const auto reach = static_cast<std::ptrdiff_t>(std::ceil(3 * width));
    std::vector<double> kernel(static_cast<std::size_t>(reach) + 1);
    for (std::size_t i = 0; i < kernel.size(); ++i) {
        const double x = static_cast<double>(i) / width;
        kernel[i] = std::exp(-0.5 * x * x);
    }
    const auto size = static_cast<std::ptrdiff_t>(in.size());
    out.assign(in.size(), 0.0);
    for (std::ptrdiff_t i = 0; i < size; ++i) {
        double sum = 0;
        for (std::ptrdiff_t k = std::max<std::ptrdiff_t>(0, i - reach);
             k <= std::min(size - 1, i + reach); ++k) {
            sum +=
                kernel[static_cast<std::size_t>(std::abs(i - k))] * in[static_cast<std::size_t>(k)];
        }
        out[static_cast<std::size_t>(i)] = sum;
    }
}

} // namespace

TimeDeviation time_deviation(StereoSpan music, StereoSpan recording, double rate) {
    const auto frame = static_cast<std::size_t>(std::lround(kFrame * rate));
    TimeDeviation found;
    found.step = static_cast<double>(frame);
    const std::size_t count = music.size() / frame;
    std::vector<double> along(count); // residual times slope
    std::vector<double> power(count); // slope squared, over the residual's variance
    std::vector<float> sorted;
    std::vector<float> rest(frame);
    for (std::size_t f = 0; f < count; ++f) {
        const std::size_t from = std::max<std::size_t>(1, f * frame);
        const std::size_t to = std::min((f + 1) * frame, music.size() - 1);
        for (const auto& [x, y] :
             {std::pair(music.left, recording.left), std::pair(music.right, recording.right)}) {
            sorted.clear();
            for (std::size_t n = from; n < to; ++n) {
                rest[n - from] = y[n] - x[n];
                if (n % 4 == 0) {
                    sorted.push_back(std::abs(rest[n - from]));
                }
            }
            const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
            std::nth_element(sorted.begin(), middle, sorted.end());
            const float deviation = 1.483F * *middle + 1e-9F;
            const float limit = kClip * deviation;
            float xy = 0;
            float xx = 0;
            for (std::size_t n = from; n < to; ++n) {
                const float slope = 0.5F * (x[n + 1] - x[n - 1]);
                xy += slope * std::clamp(rest[n - from], -limit, limit);
                xx += slope * slope;
            }
            const double weight =
                1 / (static_cast<double>(deviation) * static_cast<double>(deviation));
            along[f] += weight * static_cast<double>(xy);
            power[f] += weight * static_cast<double>(xx);
        }
    }
    found.late.assign(count, 0.0);
    found.error.assign(count, 1.0);
    std::vector<double> top, bottom;
    for (const double width : kWidths) {
        smooth(along, width, top);
        smooth(power, width, bottom);
        for (std::size_t f = 0; f < count; ++f) {
            // Neighbouring samples of noise are alike: count some four of them as one.
            const double variance = 4 / (bottom[f] + 1e-9);
            const double value = top[f] / (bottom[f] + 1e-9);
            const double trust = width == kWidths.front()
                                     ? 1 / (1 + variance)
                                     : kDetail * kDetail / (kDetail * kDetail + variance);
            found.late[f] += trust * (value - found.late[f]);
            found.error[f] =
                std::sqrt(trust * variance + (1 - trust) * (1 - trust) *
                                                 std::min(1.0, found.error[f] * found.error[f]));
        }
    }
    return found;
}

} // namespace spindle::grade
