// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <vector>

#include "base/units.h"
#include "simulator/biquad.h"
#include "simulator/random.h"

namespace spindle::simulator::testing {

inline std::vector<float> sine(double hertz, SampleRate rate, double seconds, double height = 0.5) {
    std::vector<float> out(static_cast<std::size_t>(seconds * rate.hz));
    for (std::size_t n = 0; n < out.size(); ++n) {
        const double t = static_cast<double>(n) / rate.hz;
        out[n] = static_cast<float>(height * std::sin(2 * std::numbers::pi * hertz * t));
    }
    return out;
}

/// Notes of 50 to 200 ms at random pitches over a little noise: something to align, for codecs to
/// keep, and never the same twice.
inline std::vector<float> melody(SampleRate rate, double seconds, std::uint64_t seed) {
    Random random(seed);
    std::vector<float> out(static_cast<std::size_t>(seconds * rate.hz));
    for (float& sample : out) {
        sample = 0.02F * random.white();
    }
    Biquad::low_pass(rate, 4000).filter(out);
    for (double start = 0; start < seconds; start += random.between(0.05, 0.2)) {
        const double hertz = 150 * std::exp2(random.between(0, 4));
        const double phase = random.between(0, 6.28);
        for (std::size_t i = 0; i < static_cast<std::size_t>(rate.hz) / 4; ++i) {
            const auto at = static_cast<std::size_t>(start * rate.hz) + i;
            if (at >= out.size()) {
                break;
            }
            const double t = static_cast<double>(i) / rate.hz;
            out[at] += static_cast<float>(0.15 * std::exp(-t / 0.06) *
                                          std::sin(2 * std::numbers::pi * hertz * t + phase));
        }
    }
    return out;
}

/// How many samples `heard` is behind `clean`, by the highest correlation within +-reach.
inline int delay_of(std::span<const float> heard, std::span<const float> clean, int reach) {
    int best = 0;
    double highest = -1;
    const std::size_t count = std::min(heard.size(), clean.size());
    for (int delay = -reach; delay <= reach; ++delay) {
        double sum = 0;
        for (auto n = static_cast<std::size_t>(reach); n + static_cast<std::size_t>(reach) < count;
             ++n) {
            sum += static_cast<double>(clean[n]) *
                   static_cast<double>(heard[n + static_cast<std::size_t>(delay + reach) -
                                             static_cast<std::size_t>(reach)]);
        }
        if (sum > highest) {
            highest = sum;
            best = delay;
        }
    }
    return best;
}

/// Frequency of a sine by counting its cycles between the first and last upward crossing of 0.
inline double frequency_of(std::span<const float> samples, SampleRate rate) {
    double first = -1;
    double last = -1;
    int crossings = 0;
    for (std::size_t n = 1; n < samples.size(); ++n) {
        if (samples[n - 1] < 0 && samples[n] >= 0) {
            const auto before = static_cast<double>(samples[n - 1]);
            const auto after = static_cast<double>(samples[n]);
            last = static_cast<double>(n - 1) - before / (after - before);
            first = first < 0 ? last : first;
            ++crossings;
        }
    }
    return crossings < 2 ? 0 : (crossings - 1) * rate.hz / (last - first);
}

} // namespace spindle::simulator::testing
