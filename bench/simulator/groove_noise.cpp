// SPDX-License-Identifier: Apache-2.0
#include "simulator/groove_noise.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "simulator/level.h"
#include "simulator/random.h"
#include "simulator/response.h"

namespace spindle::simulator {

namespace {
constexpr double kLowestHertz = 40;
constexpr double kLowCorner = 500;
constexpr double kHighCorner = 1000;
constexpr double kSlowestDrift = 30; // seconds a cycle
} // namespace

GrooveNoise draw_groove_noise(std::uint64_t seed) {
    Random random(derive_seed(seed, "groove noise"));
    GrooveNoise noise;
    noise.low_slope = random.between(-6, -1);
    noise.high_slope = random.between(-5, 0.5);
    noise.top_hertz = random.between(8000, 18000);
    noise.likeness = 0.15 * std::clamp(random.normal(), -2.0, 2.0);
    noise.turning = 0.25 * random.unit();
    noise.drifting_db = random.between(0, 1);
    return noise;
}

Result<StereoSound> make_groove_noise(const GrooveNoise& noise, std::size_t count, SampleRate rate,
                                      double turn, std::uint64_t seed) {
    const auto response = [&](double hertz) {
        double decibel = 0;
        if (hertz < kLowCorner) {
            decibel -= noise.low_slope * std::log2(kLowCorner / std::max(hertz, kLowestHertz));
        }
        if (hertz > kHighCorner) {
            decibel += noise.high_slope * std::log2(hertz / kHighCorner);
        }
        if (hertz > noise.top_hertz) {
            decibel -= 12 * std::log2(hertz / noise.top_hertz);
        }
        return hertz < 10 ? 0 : gain_of(decibel);
    };
    Random random(derive_seed(seed, "hiss of the groove"));
    StereoSound sound(count, rate);
    const auto same = static_cast<float>(noise.likeness);
    const auto own = static_cast<float>(std::sqrt(1 - noise.likeness * noise.likeness));
    for (std::size_t n = 0; n < count; ++n) {
        const auto left = static_cast<float>(random.normal());
        sound.left[n] = left;
        sound.right[n] = same * left + own * static_cast<float>(random.normal());
    }
    for (auto* const channel : sound.channels()) {
        SPINDLE_TRY(*channel, apply_response(*channel, rate, response));
        scale_to_rms(*channel, 1);
    }
    let_turn(sound, noise, turn, seed);
    return sound;
}

void let_turn(StereoSound& sound, const GrooveNoise& noise, double turn, std::uint64_t seed) {
    Random random(derive_seed(seed, "turning noise"));
    constexpr double two_pi = 2 * std::numbers::pi;
    const double once = random.between(0, two_pi);
    const double twice = random.between(0, two_pi);
    const double share = random.between(0.3, 1);
    const double cycle = kSlowestDrift * (1 + random.unit());
    const double slow = random.between(0, two_pi);
    constexpr std::size_t step = 64;
    for (std::size_t from = 0; from < sound.size(); from += step) {
        const double t = static_cast<double>(from) / sound.rate.hz;
        const double angle = two_pi * t / turn;
        const double gain = (1 + noise.turning * (share * std::sin(angle + once) +
                                                  (1 - share) * std::sin(2 * angle + twice))) *
                            gain_of(noise.drifting_db * std::sin(two_pi * t / cycle + slow));
        const std::size_t count = std::min(step, sound.size() - from);
        for (auto* const channel : sound.channels()) {
            scale(std::span(*channel).subspan(from, count), gain);
        }
    }
}

Result<double> weighted_level(const StereoSound& sound) {
    double energy = 0;
    for (const auto* const channel : sound.channels()) {
        SPINDLE_TRY(const double part, energy_through(*channel, sound.rate, a_weighting));
        energy += part;
    }
    return sound.size() == 0 ? 0.0 : std::sqrt(energy / 2 / static_cast<double>(sound.size()));
}

} // namespace spindle::simulator
