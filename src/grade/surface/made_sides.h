// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests: recordings made of tones, noise, clicks and thumps, of which all is known.

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <random>
#include <vector>

#include "base/units.h"
#include "grade/stereo.h"

namespace spindle::grade {

struct MadeSide {
    int rate = 44100;
    std::vector<float> left, right;

    explicit MadeSide(double seconds, int hz = 44100)
        : rate(hz), left(static_cast<std::size_t>(seconds * hz)), right(left.size()) {}

    std::size_t at(double seconds) const {
        return std::min(left.size(), static_cast<std::size_t>(std::max(0.0, seconds) * rate));
    }
    StereoSpan sound() const { return {left, right}; }
    double seconds() const { return static_cast<double>(left.size()) / rate; }

    /// White noise of that RMS in each channel, dBFS, the channels independent of each other.
    void add_noise(double from, double to, double db, unsigned seed) {
        std::mt19937 random(seed);
        std::normal_distribution<float> normal(0.0F, static_cast<float>(std::pow(10, db / 20)));
        for (std::size_t i = at(from); i < at(to); ++i) {
            left[i] += normal(random);
            right[i] += normal(random);
        }
    }

    /// A sine, equal in both channels or, with side, of opposite sign; dBFS of its RMS.
    void add_tone(double from, double to, double hz, double db, bool side = false) {
        const double amplitude = std::numbers::sqrt2 * std::pow(10, db / 20);
        for (std::size_t i = at(from); i < at(to); ++i) {
            const auto value = static_cast<float>(
                amplitude * std::sin(2 * std::numbers::pi * hz * static_cast<double>(i) / rate));
            left[i] += value;
            right[i] += side ? -value : value;
        }
    }

    /// Notes of eight partials that decay, three at a time, a beat every 0.4 s, panned apart.
    void add_music(double from, double to, double db, unsigned seed) {
        constexpr std::array<double, 7> kScale{220, 247, 262, 294, 330, 349, 392};
        std::mt19937 random(seed);
        const auto amplitude = static_cast<float>(0.3 * std::pow(10, db / 20));
        for (double start = from; start < to; start += 0.4) {
            for (int voice = 0; voice < 3; ++voice) {
                const double pitch = kScale[random() % kScale.size()] * (1 << (random() % 2));
                const float pan = 0.2F + 0.3F * static_cast<float>(voice);
                const double end = std::min(start + 1.2, to);
                // One rotation per sample and partial, which decays: far cheaper than a sine.
                std::array<std::complex<double>, 8> state;
                std::array<std::complex<double>, 8> step;
                for (std::size_t p = 0; p < state.size(); ++p) {
                    const auto partial = static_cast<double>(p + 1);
                    const bool heard = partial * pitch < 0.45 * rate;
                    state[p] = heard ? 1 / partial : 0;
                    step[p] = std::polar(std::exp(-(2 + partial) / rate),
                                         2 * std::numbers::pi * partial * pitch / rate);
                }
                for (std::size_t i = at(start); i < at(end); ++i) {
                    const double t = static_cast<double>(i) / rate - start;
                    double sum = 0;
                    for (std::size_t p = 0; p < state.size(); ++p) {
                        sum += state[p].imag();
                        state[p] *= step[p];
                    }
                    const double attack = std::min(1.0, t / 0.005);
                    const double release = std::min(1.0, (end - start - t) / 0.02);
                    const auto value =
                        amplitude * static_cast<float>(sum * attack * std::max(0.0, release));
                    left[i] += value * (1 - pan) * 2;
                    right[i] += value * pan * 2;
                }
            }
        }
    }

    /// A bipolar spike of 0.1 ms in the left wall.
    void add_click(double when, double peak) {
        const std::size_t first = at(when);
        const auto width = static_cast<std::size_t>(std::max(1.0, 0.00005 * rate));
        for (std::size_t i = 0; i < 2 * width && first + i < left.size(); ++i) {
            left[first + i] += static_cast<float>(i < width ? peak : -peak);
        }
    }

    /// A needle that lands: 30 Hz that dies away in a fifth of a second.
    void add_thump(double when, double peak) {
        for (std::size_t i = at(when); i < at(when + 0.4); ++i) {
            const double t = static_cast<double>(i - at(when)) / rate;
            const auto value = static_cast<float>(peak * std::sin(2 * std::numbers::pi * 30 * t) *
                                                  std::exp(-t / 0.07));
            left[i] += value;
            right[i] += value;
        }
    }

    void turn_up(double db) {
        const auto factor = static_cast<float>(std::pow(10, db / 20));
        for (auto* channel : {&left, &right}) {
            std::ranges::for_each(*channel, [factor](float& sample) { sample *= factor; });
        }
    }
};

/// Calls meter.feed() with blocks of `size` samples.
template <typename Meter>
void feed_in_blocks(Meter& meter, StereoSpan sound, std::size_t size) {
    for (std::size_t i = 0; i < sound.size(); i += size) {
        meter.feed(sound.subspan(i, std::min(size, sound.size() - i)));
    }
}

} // namespace spindle::grade
