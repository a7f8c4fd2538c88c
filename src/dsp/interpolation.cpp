// SPDX-License-Identifier: Apache-2.0
#include "dsp/interpolation.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "dsp/four.h"
#include "dsp/kaiser_window.h"

namespace spindle::dsp {

namespace {

constexpr int kHalfTaps =
    Interpolation::kReach; // 64 taps: 90 dB with a transition of 0.09 of the sample rate
constexpr std::size_t kTaps = std::size_t{2} * kHalfTaps;
constexpr int kPhases = 1024;      // linear interpolation between them errs by less than -110 dB
constexpr double kPassband = 0.91; // -6 dB here, stop band from half the rate

/// Taps of a low-pass for every fraction of a sample: [phase][tap].
std::vector<float> make_table(double cutoff) {
    std::vector<float> table((kPhases + std::size_t{1}) * kTaps);
    const KaiserWindow window(9); // 90 dB
    for (int phase = 0; phase <= kPhases; ++phase) {
        const double fraction = static_cast<double>(phase) / kPhases;
        const std::span row =
            std::span(table).subspan(static_cast<std::size_t>(phase) * kTaps, kTaps);
        double sum = 0;
        for (std::size_t tap = 0; tap < kTaps; ++tap) {
            const double x = static_cast<double>(tap) - (kHalfTaps - 1) - fraction;
            const double angle = std::numbers::pi * cutoff * x;
            const double sinc = std::abs(angle) < 1e-9 ? 1 : std::sin(angle) / angle;
            const double value = cutoff * sinc * window.at(x / kHalfTaps);
            sum += value;
            row[tap] = static_cast<float>(value);
        }
        for (float& tap : row) { // exactly 1 at 0 Hz, whatever the phase
            tap /= static_cast<float>(sum);
        }
    }
    return table;
}

float sum_of(const Four& a, const Four& b) {
    float sum = 0;
    for (const Four& four : {a, b}) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            sum += four[lane];
        }
    }
    return sum;
}

} // namespace

Interpolation::Interpolation(double fastest)
    : table_(make_table(kPassband / std::max(1.0, fastest))) {}

float Interpolation::at(std::span<const float> samples, double position) const {
    const double whole = std::floor(position);
    const double phase = (position - whole) * kPhases;
    const auto row = static_cast<std::size_t>(phase);
    const auto blend = static_cast<float>(phase - static_cast<double>(row));
    const float* low = table_.data() + row * kTaps;
    const float* high = low + kTaps;
    const auto first = static_cast<std::ptrdiff_t>(whole) - (kHalfTaps - 1);
    const auto last = static_cast<std::ptrdiff_t>(samples.size()) - 1;
    float low_sum = 0;
    float high_sum = 0;
    if (first >= 0 && first + static_cast<std::ptrdiff_t>(kTaps) - 1 <= last) {
        const float* near = samples.data() + first;
        for (std::size_t tap = 0; tap < kTaps; ++tap) {
            low_sum += low[tap] * near[tap];
            high_sum += high[tap] * near[tap];
        }
    } else {
        for (std::size_t tap = 0; tap < kTaps; ++tap) {
            const std::ptrdiff_t at = first + static_cast<std::ptrdiff_t>(tap);
            if (at >= 0 && at <= last) {
                low_sum += low[tap] * samples[static_cast<std::size_t>(at)];
                high_sum += high[tap] * samples[static_cast<std::size_t>(at)];
            }
        }
    }
    return low_sum + blend * (high_sum - low_sum);
}

void Interpolation::at(std::span<const float> left_samples, std::span<const float> right_samples,
                       std::span<const double> positions, std::span<float> left,
                       std::span<float> right) const {
    const auto size = static_cast<std::ptrdiff_t>(left_samples.size());
    for (std::size_t n = 0; n < positions.size(); ++n) {
        const double whole = std::floor(positions[n]);
        const auto first = static_cast<std::ptrdiff_t>(whole) - (kHalfTaps - 1);
        if (first < 0 || first + static_cast<std::ptrdiff_t>(kTaps) > size) {
            left[n] = at(left_samples, positions[n]);
            right[n] = at(right_samples, positions[n]);
            continue;
        }
        const double phase = (positions[n] - whole) * kPhases;
        const auto row = static_cast<std::size_t>(phase);
        const auto blend = static_cast<float>(phase - static_cast<double>(row));
        const float* low = table_.data() + row * kTaps;
        const float* high = low + kTaps;
        const float* near_left = left_samples.data() + first;
        const float* near_right = right_samples.data() + first;
        // Eight sums side by side each.
        Four left_a{}, left_b{}, right_a{}, right_b{};
        for (std::size_t tap = 0; tap < kTaps; tap += 2 * kLanes) {
            const Four low_a = load_four(low + tap);
            const Four low_b = load_four(low + tap + kLanes);
            const Four weight_a = low_a + four_of(blend) * (load_four(high + tap) - low_a);
            const Four weight_b = low_b + four_of(blend) * (load_four(high + tap + kLanes) - low_b);
            left_a += weight_a * load_four(near_left + tap);
            left_b += weight_b * load_four(near_left + tap + kLanes);
            right_a += weight_a * load_four(near_right + tap);
            right_b += weight_b * load_four(near_right + tap + kLanes);
        }
        left[n] = sum_of(left_a, left_b);
        right[n] = sum_of(right_a, right_b);
    }
}

} // namespace spindle::dsp
