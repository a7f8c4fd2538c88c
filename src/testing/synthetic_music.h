// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <vector>

namespace spindle::testing {

/// Made-up music for tests: melody, chords and drums, different for every seed and the same for
/// ever for one. Not pretty, but with what an engine meets: attacks, sustained partials,
/// repetition.
/// @return mono samples in [-1, 1].
inline std::vector<float> synthetic_music(std::uint32_t seed, double seconds, int rate = 8000) {
    std::mt19937 random(seed * 2654435761U + 1);
    const auto uniform = [&](double low, double high) {
        return low + (high - low) * static_cast<double>(random() >> 8U) / double{1U << 24U};
    };
    const auto count = static_cast<std::size_t>(seconds * rate);
    std::vector<double> mix(count);
    const auto note = [&](double at, double length, double hz, double gain, double decay) {
        const auto begin = static_cast<std::size_t>(at * rate);
        const auto end = std::min(count, begin + static_cast<std::size_t>(length * rate));
        for (int harmonic = 1; harmonic <= 5 && hz * harmonic < 0.45 * rate; ++harmonic) {
            const double step = 2 * std::numbers::pi * hz * harmonic / rate;
            const double level = gain / (harmonic * std::sqrt(harmonic));
            for (std::size_t i = begin; i < end; ++i) {
                const double t = static_cast<double>(i - begin) / rate;
                const double attack = std::min(1.0, t / 0.008);
                const double release = std::min(1.0, static_cast<double>(end - i) / (0.01 * rate));
                mix[i] += level * attack * release * std::exp(-t * decay * harmonic) *
                          std::sin(step * static_cast<double>(i - begin));
            }
        }
    };
    static constexpr std::array<int, 7> kScale{0, 2, 4, 5, 7, 9, 11};
    const double beat = uniform(0.28, 0.62);
    const double key = uniform(0, 12); // no two recordings are tuned alike
    const auto pitch = [&](int degree) {
        const int octave = degree / 7;
        return 110.0 *
               std::exp2((key + kScale[static_cast<std::size_t>(degree % 7)]) / 12.0 + octave);
    };
    for (double at = 0; at < seconds; at += 4 * beat) {
        const int root = static_cast<int>(uniform(0, 7));
        for (const int third : {0, 2, 4}) {
            note(at, 3.8 * beat, pitch(root + third), 0.25, 0.6);
        }
    }
    for (double at = 0; at < seconds;) {
        const double length = beat * std::array<double, 4>{0.5, 0.5, 1, 1.5}[random() % 4];
        if (uniform(0, 1) < 0.85) {
            note(at, 0.9 * length, pitch(7 + static_cast<int>(uniform(0, 14))), 0.5, 2.5);
        }
        at += length;
    }
    for (double at = uniform(0, beat); at < seconds; at += beat) {
        const double gain = uniform(0.05, 0.3);
        const auto begin = static_cast<std::size_t>(at * rate);
        for (std::size_t i = begin;
             i < std::min(count, begin + static_cast<std::size_t>(rate) / 12); ++i) {
            mix[i] +=
                gain * uniform(-1, 1) * std::exp(-40.0 * static_cast<double>(i - begin) / rate);
        }
    }
    double peak = 1e-9;
    for (const double sample : mix) {
        peak = std::max(peak, std::abs(sample));
    }
    std::vector<float> samples(count);
    std::transform(mix.begin(), mix.end(), samples.begin(),
                   [&](double sample) { return static_cast<float>(0.7 * sample / peak); });
    return samples;
}

/// The same music from a platter that runs at `speed` (1.02 = 2 % fast), by cubic interpolation.
inline std::vector<float> at_speed(const std::vector<float>& samples, double speed) {
    std::vector<float> out;
    out.reserve(static_cast<std::size_t>(static_cast<double>(samples.size()) / speed));
    for (double at = 1; at + 3 < static_cast<double>(samples.size()); at += speed) {
        const auto i = static_cast<std::size_t>(at);
        const double x = at - static_cast<double>(i);
        const double a = samples[i - 1];
        const double b = samples[i];
        const double c = samples[i + 1];
        const double d = samples[i + 2];
        out.push_back(static_cast<float>(
            b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)))));
    }
    return out;
}

/// White noise, uniform in [-level, level].
inline std::vector<float> white_noise(std::uint32_t seed, double seconds, double level,
                                      int rate = 8000) {
    std::mt19937 random(seed);
    std::vector<float> samples(static_cast<std::size_t>(seconds * rate));
    for (float& sample : samples) {
        sample = static_cast<float>(level *
                                    (static_cast<double>(random() >> 8U) / double{1U << 23U} - 1));
    }
    return samples;
}

} // namespace spindle::testing
