// SPDX-License-Identifier: Apache-2.0
#include "simulator/wear.h"

#include <algorithm>
#include <cmath>

#include "simulator/biquad.h"
#include "simulator/level.h"
#include "simulator/random.h"
#include "simulator/response.h"

namespace spindle::simulator {

namespace {
constexpr double kTreble = 2000;
constexpr double kSmoothing = 2e-3; // seconds: the roughness follows the treble so fast
/// Above so many times the programme's level the square goes on as a straight line: a wall can
/// distort no more than it is moved.
constexpr double kStraight = 1;
constexpr double kNothing = 1e-30; // keeps the envelope from getting so small that it is slow
} // namespace

Wear draw_wear(std::uint64_t seed) {
    Random random(derive_seed(seed, "wear"));
    Wear wear;
    wear.even = random.between(0.2, 1);
    wear.odd = random.between(0.2, 1);
    wear.rough = random.between(0.1, 0.6);
    wear.inner = random.between(1.5, 5);
    return wear;
}

Result<StereoSound> make_wear(const StereoSound& music, const Wear& wear, double level,
                              std::uint64_t seed) {
    StereoSound worn = music;
    if (level <= 0) {
        worn = StereoSound(music.size(), music.rate);
        return worn;
    }
    Random random(derive_seed(seed, "rough walls"));
    const double decay = std::exp(-1 / (kSmoothing * music.rate.hz));
    for (auto* const channel : worn.channels()) {
        Biquad::high_pass(music.rate, kTreble).filter(*channel);
        double envelope = 0;
        for (std::size_t n = 0; n < channel->size(); ++n) {
            const double v = static_cast<double>((*channel)[n]) / level;
            const double height = std::abs(v);
            const double square = height * height / (1 + height / kStraight);
            envelope = std::max({height, decay * envelope, kNothing});
            const double rough = envelope * envelope / (1 + envelope / kStraight) *
                                 static_cast<double>(random.white());
            const double place = static_cast<double>(n) / static_cast<double>(channel->size());
            (*channel)[n] = static_cast<float>(
                (1 + (wear.inner - 1) * place * place) *
                (wear.even * square + wear.odd * (v < 0 ? -square : square) + wear.rough * rough));
        }
        Biquad::high_pass(music.rate, 1500).filter(*channel);
        Biquad::low_pass(music.rate, 14000).filter(*channel);
    }
    SPINDLE_TRY(const double wanted, wear_band_energy(music));
    SPINDLE_TRY(const double made, wear_band_energy(worn));
    for (auto* const channel : worn.channels()) {
        scale(*channel, made > 0 ? std::sqrt(wanted / made) : 0);
    }
    return worn;
}

Result<double> wear_band_energy(const StereoSound& sound) {
    double energy = 0;
    for (const auto* const channel : sound.channels()) {
        SPINDLE_TRY(const double part,
                    energy_through(*channel, sound.rate, band(kWearLow, kWearHigh)));
        energy += part;
    }
    return energy;
}

} // namespace spindle::simulator
