// SPDX-License-Identifier: Apache-2.0
#include "simulator/room.h"

#include <cmath>
#include <numbers>

#include "simulator/biquad.h"
#include "simulator/convolution.h"
#include "simulator/level.h"

namespace spindle::simulator {

namespace {
constexpr int kReflections = 8;
constexpr double kFirstReflection = 5e-3; // seconds: the nearest wall is about a metre away
constexpr double kLastReflection = 60e-3;
constexpr double kLongestTail = 0.9; // seconds, RT60 of a bare living room
constexpr double kLowestHertz = 150;
constexpr double kHighestHertz = 6000;
constexpr double kTwoPi = 2 * std::numbers::pi;
} // namespace

std::vector<float> make_room_response(SampleRate rate, Random& random) {
    const double decay_time = random.between(0.3, kLongestTail);
    const double tail_energy = 1 / std::pow(10, random.between(0, 8) / 10);
    std::vector<float> response(static_cast<std::size_t>(decay_time * rate.hz) + 1);

    const auto tail_start = static_cast<std::size_t>(kFirstReflection * rate.hz);
    double energy = 0;
    for (std::size_t n = tail_start; n < response.size(); ++n) {
        const double t = static_cast<double>(n) / rate.hz;
        response[n] = static_cast<float>(random.normal() * std::pow(10, -3 * t / decay_time));
        energy += static_cast<double>(response[n]) * static_cast<double>(response[n]);
    }
    scale(response, std::sqrt(tail_energy / energy));
    response[0] = 1;
    for (int i = 0; i < kReflections; ++i) {
        const double t = random.between(kFirstReflection, kLastReflection);
        // A wall takes about a third of the amplitude, distance takes more as time goes on.
        const double height = random.sign() * random.between(0.2, 0.6) * kFirstReflection * 4 /
                              (t + kFirstReflection * 3);
        response[static_cast<std::size_t>(t * rate.hz)] += static_cast<float>(height);
    }
    return response;
}

void through_small_speaker(std::span<float> samples, SampleRate rate) {
    Biquad::high_pass(rate, kLowestHertz).filter(samples);
    Biquad::low_pass(rate, kHighestHertz).filter(samples);
}

std::vector<float> make_room_tone(std::size_t count, SampleRate rate, Random& random) {
    std::vector<float> tone(count);
    double slow = 0;
    for (float& sample : tone) {
        const double white = random.normal();
        slow += 0.05 * (white - slow);
        sample = static_cast<float>(slow + 0.05 * white);
    }
    scale_to_rms(tone, 1);
    for (int harmonic = 1; harmonic <= 4; ++harmonic) {
        const double phase = random.between(0, kTwoPi);
        const double height = random.between(0, 0.4) / harmonic;
        for (std::size_t n = 0; n < count; ++n) {
            const double t = static_cast<double>(n) / rate.hz;
            tone[n] += static_cast<float>(height * std::sin(kTwoPi * 50 * harmonic * t + phase));
        }
    }
    scale_to_rms(tone, 1);
    return tone;
}

Result<std::vector<float>> play_in_room(std::span<const float> samples, SampleRate rate,
                                        double noise_db, Random& random) {
    SPINDLE_TRY(auto heard, convolve(samples, make_room_response(rate, random), 0));
    through_small_speaker(heard, rate);
    auto tone = make_room_tone(heard.size(), rate, random);
    mix(heard, tone, rms(heard) * gain_of(-noise_db));
    return heard;
}

} // namespace spindle::simulator
