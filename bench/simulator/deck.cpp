// SPDX-License-Identifier: Apache-2.0
#include "simulator/deck.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "simulator/equaliser.h"
#include "simulator/hum.h"
#include "simulator/level.h"
#include "simulator/random.h"
#include "simulator/surface.h"

namespace spindle::simulator {

namespace {
constexpr double kTwoPi = 2 * std::numbers::pi;
constexpr double kFadeIn = 0.05; // seconds: the arm settles
constexpr double kUnheard = -90; // dB: not worth making
constexpr std::size_t kStep = 64;
} // namespace

Deck draw_deck(std::uint64_t seed) {
    Random random(derive_seed(seed, "deck"));
    Deck deck;
    deck.rumble_db = random.between(-65, -30);
    deck.sideways = random.between(0, 0.5);
    deck.warp_db = random.between(-70, -30);
    deck.warp_level_db = random.unit() < 0.2 ? random.between(0, 0.6) : 0;
    deck.hum_db = random.unit() < 0.5 ? random.between(-75, -45) : -120;
    deck.mains = (random.unit() < 0.6 ? 50 : 60) + random.between(-0.1, 0.1);
    deck.balance_db = 0.7 * std::clamp(random.normal(), -3.0, 3.0);
    deck.crosstalk_db = random.between(-36, -20);
    deck.response_db = random.between(0.5, 3);
    return deck;
}

namespace {

void add_rumble(const Deck& deck, StereoSound& sound, std::size_t from, std::size_t to,
                double level, double turn, Random& random) {
    auto rumble = make_rumble(to - from, sound.rate, random);
    scale(rumble, level * gain_of(deck.rumble_db));
    std::vector<float> warp(to - from);
    for (int harmonic = 1; harmonic <= 4; ++harmonic) {
        add_sine(warp, sound.rate, harmonic / turn, random.unit() / harmonic,
                 random.between(0, kTwoPi));
    }
    scale_to_rms(warp, level * gain_of(deck.warp_db));
    mix(rumble, warp, 1);
    const auto fade = std::min(static_cast<std::size_t>(kFadeIn * sound.rate.hz), rumble.size());
    for (std::size_t n = 0; n < fade; ++n) {
        rumble[n] *= static_cast<float>(n) / static_cast<float>(fade);
    }
    const double up = std::sqrt(1 - deck.sideways * deck.sideways);
    mix(std::span(sound.left).subspan(from), rumble, deck.sideways + up);
    mix(std::span(sound.right).subspan(from), rumble, deck.sideways - up);
}

void change_level(const Deck& deck, StereoSound& sound, double turn, Random& random) {
    const double phase = random.between(0, kTwoPi);
    for (std::size_t n = 0; n < sound.size(); n += kStep) {
        const double t = static_cast<double>(n) / sound.rate.hz;
        const double gain = gain_of(deck.warp_level_db * std::sin(kTwoPi * t / turn + phase));
        for (auto* const channel : sound.channels()) {
            scale(std::span(*channel).subspan(n, std::min(kStep, sound.size() - n)), gain);
        }
    }
}

} // namespace

Result<void> play_on(const Deck& deck, StereoSound& sound, std::size_t from, std::size_t to,
                     double level, double turn, std::uint64_t seed) {
    Random random(derive_seed(seed, "on this deck"));
    to = std::min(to, sound.size());
    if (deck.warp_level_db > 0) {
        change_level(deck, sound, turn, random);
    }
    if (from < to && (deck.rumble_db > kUnheard || deck.warp_db > kUnheard)) {
        add_rumble(deck, sound, from, to, level, turn, random);
    }
    const auto left = static_cast<float>(gain_of(deck.balance_db / 2));
    const auto right = static_cast<float>(gain_of(-deck.balance_db / 2));
    const auto across = static_cast<float>(gain_of(deck.crosstalk_db));
    for (std::size_t n = 0; n < sound.size(); ++n) {
        const float l = sound.left[n];
        const float r = sound.right[n];
        sound.left[n] = left * (l + across * r);
        sound.right[n] = right * (r + across * l);
    }
    if (deck.response_db > 0) {
        for (auto* const channel : sound.channels()) {
            Random same(derive_seed(seed, "response"));
            SPINDLE_TRY(*channel, equalise(*channel, sound.rate, deck.response_db, same));
        }
    }
    if (deck.hum_db > kUnheard) {
        auto hum = make_hum(sound.size(), sound.rate, deck.mains, random);
        scale_to_rms(hum, level * gain_of(deck.hum_db));
        mix(sound.left, hum, 1);
        mix(sound.right, hum, random.between(0.3, 1));
    }
    return {};
}

} // namespace spindle::simulator
