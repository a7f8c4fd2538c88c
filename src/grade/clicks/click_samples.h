// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

#include "grade/stereo.h"

/// Sounds for the tests of this folder, made by rule.
namespace spindle::grade::samples {

constexpr double kHertz = 44100;

/// Steady pseudo-random values in [-1, 1): the same everywhere.
class Noise {
public:
    explicit Noise(std::uint64_t seed) : state_(seed * 2 + 1) {}
    float next() {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<float>(static_cast<double>(state_ >> 40) / 8388608.0 - 1.0);
    }

private:
    std::uint64_t state_;
};

struct Sound {
    std::vector<float> left, right;

    explicit Sound(double seconds, double hertz = kHertz)
        : left(static_cast<std::size_t>(seconds * hertz)), right(left.size()) {}
    StereoSpan span() const { return {left, right}; }
    void scale(float gain) {
        for (std::vector<float>* channel : {&left, &right}) {
            for (float& sample : *channel) {
                sample *= gain;
            }
        }
    }
};

/// Two walls of a groove: noise that falls with frequency, each its own. RMS about `rms`.
inline void add_groove(Sound& sound, double rms, std::uint64_t seed) {
    for (std::vector<float>* channel : {&sound.left, &sound.right}) {
        Noise noise(seed++);
        float low = 0;
        for (float& sample : *channel) {
            low += 0.3F * (noise.next() - low);
            sample += static_cast<float>(rms) * 4 * low;
        }
    }
}

/// Chords that swell and fade, wider than the middle: strings, say.
inline void add_chords(Sound& sound, double height, double hertz = kHertz) {
    for (std::size_t n = 0; n < sound.left.size(); ++n) {
        const double t = static_cast<double>(n) / hertz;
        double left = 0;
        double right = 0;
        for (int voice = 0; voice < 12; ++voice) {
            const double pitch = 110 * std::pow(2, voice * 5 / 12.0) * (1 + voice % 3 * 0.001);
            if (pitch < hertz / 2.5) {
                const double tone = std::sin(2 * std::numbers::pi * pitch * t + voice) *
                                    (1 + std::sin(0.7 * t * (voice + 1))) / (2 + voice);
                left += tone * (voice % 2 == 0 ? 1 : 0.5);
                right += tone * (voice % 2 == 0 ? 0.6 : 1);
            }
        }
        sound.left[n] += static_cast<float>(height * left / 2);
        sound.right[n] += static_cast<float>(height * right / 2);
    }
}

/// What dust does: there and back within four samples, on one wall or against the other.
inline void add_click(Sound& sound, std::size_t at, double height, bool both = false) {
    constexpr float kForm[] = {0.15F, 1.0F, -0.8F, -0.3F, 0.1F};
    for (std::size_t n = 0; n < 5; ++n) {
        const float value = static_cast<float>(height) * kForm[n];
        sound.left[at - 1 + n] += value;
        sound.right[at - 1 + n] -= both ? 0.7F * value : 0;
    }
}

/// Kick, snare and hi-hat at 120 beats a minute, in the middle, with noise as skins and cymbals
/// have.
inline void add_drums(Sound& sound, double height, double hertz = kHertz) {
    Noise noise(99);
    const auto eighth = static_cast<std::size_t>(hertz / 4);
    for (std::size_t start = eighth, beat = 0; start < sound.left.size(); start += eighth, ++beat) {
        float last = 0;
        for (std::size_t n = 0; n < eighth && start + n < sound.left.size(); ++n) {
            const double t = static_cast<double>(n) / hertz;
            const float white = noise.next();
            const float bright = white - last;
            last = white;
            const double rise = std::min(t / 0.002, 1.0); // a stick takes its time
            double value = 0.15 * static_cast<double>(bright) * std::exp(-t / 0.03);
            if (beat % 4 == 0) {
                value += std::sin(2 * std::numbers::pi * (50 * t + 4 * (1 - std::exp(-t / 0.03)))) *
                         std::exp(-t / 0.12);
            } else if (beat % 4 == 2) {
                value += (0.6 * static_cast<double>(white) +
                          0.4 * std::sin(2 * std::numbers::pi * 190 * t)) *
                         std::exp(-t / 0.08);
            }
            sound.left[start + n] += static_cast<float>(height * rise * value);
            sound.right[start + n] += static_cast<float>(height * rise * value);
        }
    }
}

} // namespace spindle::grade::samples
