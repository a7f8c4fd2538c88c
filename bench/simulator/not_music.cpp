// SPDX-License-Identifier: Apache-2.0
#include "simulator/not_music.h"

#include <array>
#include <cmath>
#include <numbers>

#include "simulator/hum.h"
#include "simulator/level.h"
#include "simulator/random.h"
#include "simulator/room.h"

namespace spindle::simulator {

namespace {

constexpr double kTwoPi = 2 * std::numbers::pi;
constexpr std::array kKinds{NotMusic::Silence, NotMusic::Hiss,     NotMusic::Bed, NotMusic::RealBed,
                            NotMusic::Rumble,  NotMusic::RoomTone, NotMusic::Hum, NotMusic::Tone};
constexpr std::array<std::string_view, kKinds.size()> kNames{
    "silence", "hiss", "bed", "real-bed", "rumble", "room-tone", "hum", "tone"};

std::vector<float> make_hum_and_hiss(std::size_t count, SampleRate rate, Random& random) {
    auto hum = make_hum(count, rate, random.between(49.9, 50.1), random);
    mix(hum, make_hiss(count, rate, random), 0.003);
    return hum;
}

std::vector<float> make_tone(std::size_t count, SampleRate rate, Random& random) {
    std::vector<float> tone(count);
    if (random.unit() < 0.25) { // a test record's sweep, one octave in 1.5 to 15 s
        const double start = random.between(60, 1500);
        const double octaves_per_second = 1 / random.between(1.5, 15);
        double phase = 0;
        for (std::size_t n = 0; n < count; ++n) {
            const double hertz =
                start * std::exp2(octaves_per_second * static_cast<double>(n) / rate.hz);
            phase += kTwoPi * std::fmod(hertz, 0.45 * rate.hz) / rate.hz;
            tone[n] = static_cast<float>(std::sin(phase));
        }
        return tone;
    }
    const std::size_t voices = 1 + random.below(4);
    for (std::size_t i = 0; i < voices; ++i) {
        add_sine(tone, rate, 60 * std::exp2(random.between(0, 6)), random.between(0.1, 1),
                 random.between(0, kTwoPi));
    }
    return tone;
}

std::vector<float> make_silence(std::size_t count, Random& random) {
    std::vector<float> silence(count);
    if (random.unit() < 0.5) {
        for (float& sample : silence) { // one 16-bit step, triangular
            sample = (random.white() + random.white()) / 65536.0F;
        }
    }
    return silence;
}

std::vector<float> make_bed(std::size_t count, SampleRate rate, std::span<const RealBed> real_beds,
                            Random& random) {
    Surface surface = make_surface(count, rate, random.between(0.96, 1.04), real_beds, random);
    mix(surface.bed, surface.rumble, random.between(0, 1));
    return std::move(surface.bed);
}

} // namespace

std::span<const NotMusic> all_not_music() {
    return kKinds;
}

std::string_view name_of(NotMusic kind) {
    return kNames[static_cast<std::size_t>(kind)];
}

NotMusicSound make_not_music(NotMusic kind, std::size_t count, SampleRate rate, std::uint64_t seed,
                             std::span<const RealBed> real_beds) {
    Random random(derive_seed(seed, name_of(kind)));
    NotMusicSound sound;
    std::vector<float>& samples = sound.samples;
    switch (kind) {
    case NotMusic::Silence:
        samples = make_silence(count, random);
        return sound;
    case NotMusic::Hiss:
        samples = make_hiss(count, rate, random);
        break;
    case NotMusic::Bed:
        samples = make_bed(count, rate, {}, random);
        break;
    case NotMusic::RealBed:
        if (real_beds.empty()) {
            samples = make_bed(count, rate, {}, random);
        } else {
            const RealBed& chosen = real_beds[random.below(real_beds.size())];
            samples = loop_bed(chosen, count, rate, random);
            sound.real_bed = chosen.name;
        }
        break;
    case NotMusic::Rumble:
        samples = make_rumble(count, rate, random);
        break;
    case NotMusic::RoomTone:
        samples = make_room_tone(count, rate, random);
        break;
    case NotMusic::Hum:
        samples = make_hum_and_hiss(count, rate, random);
        break;
    case NotMusic::Tone:
        samples = make_tone(count, rate, random);
        break;
    }
    scale_to_rms(samples, gain_of(random.between(-60, -6)));
    if (const float highest = peak(samples); highest > 1) {
        scale(samples, 1.0 / static_cast<double>(highest));
    }
    return sound;
}

} // namespace spindle::simulator
