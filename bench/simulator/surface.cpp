// SPDX-License-Identifier: Apache-2.0
#include "simulator/surface.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "simulator/biquad.h"
#include "simulator/level.h"
#include "simulator/transport.h"

namespace spindle::simulator {

namespace {

constexpr double kTwoPi = 2 * std::numbers::pi;

/// A click's shape: a ring that dies away.
struct Ring {
    double height;
    double hertz;
    double decay; ///< seconds to 1/e
};

void add_ring(std::span<float> samples, std::size_t at, SampleRate rate, const Ring& ring) {
    const auto length = static_cast<std::size_t>(ring.decay * 8 * rate.hz) + 2;
    for (std::size_t i = 0; i < length && at + i < samples.size(); ++i) {
        const double t = static_cast<double>(i) / rate.hz;
        samples[at + i] += static_cast<float>(ring.height * std::exp(-t / ring.decay) *
                                              std::cos(kTwoPi * ring.hertz * t));
    }
}

/// Calls `event(sample)` at the times of a Poisson process.
template <typename Event>
void at_random_times(std::size_t count, SampleRate rate, double per_second, Random& random,
                     Event event) {
    double t = random.waiting_time(per_second);
    while (t * rate.hz < static_cast<double>(count)) {
        event(static_cast<std::size_t>(t * rate.hz));
        t += random.waiting_time(per_second);
    }
}

} // namespace

std::vector<float> make_hiss(std::size_t count, SampleRate rate, Random& random) {
    // Between white and pink: groove noise falls by about 3 dB per octave up to 1 kHz only.
    std::vector<float> hiss(count);
    double slow = 0;
    for (float& sample : hiss) {
        const double white = random.normal();
        slow += 0.12 * (white - slow);
        sample = static_cast<float>(0.6 * white + 1.6 * slow);
    }
    Biquad::high_pass(rate, 150).filter(hiss);
    return hiss;
}

std::vector<float> make_crackle(std::size_t count, SampleRate rate, double per_second,
                                Random& random) {
    std::vector<float> crackle(count);
    at_random_times(count, rate, per_second, random, [&](std::size_t at) {
        const double height = random.sign() * std::exp(0.9 * random.normal());
        add_ring(crackle, at, rate,
                 {height, random.between(1500, 6000), random.between(0.05e-3, 0.4e-3)});
    });
    return crackle;
}

std::vector<float> make_pops(std::size_t count, SampleRate rate, double per_second,
                             Random& random) {
    std::vector<float> pops(count);
    at_random_times(count, rate, per_second, random, [&](std::size_t at) {
        const double height = random.sign() * std::exp(0.5 * random.normal());
        add_ring(pops, at, rate,
                 {height, random.between(200, 1500), random.between(0.5e-3, 2.5e-3)});
    });
    return pops;
}

std::vector<float> make_ticks(std::size_t count, SampleRate rate, double speed, Random& random) {
    std::vector<float> ticks(count);
    const double turn = 1 / (kTurnsPerSecond * speed);
    const Ring ring{random.sign(), random.between(500, 3000), random.between(0.2e-3, 1.2e-3)};
    for (double t = random.between(0, turn); t * rate.hz < static_cast<double>(count); t += turn) {
        add_ring(ticks, static_cast<std::size_t>(t * rate.hz), rate, ring);
    }
    return ticks;
}

std::vector<float> make_rumble(std::size_t count, SampleRate rate, Random& random) {
    std::vector<float> rumble(count);
    for (float& sample : rumble) {
        sample = random.white();
    }
    Biquad::low_pass(rate, 40).filter(rumble);
    Biquad::low_pass(rate, 40).filter(rumble);
    Biquad::high_pass(rate, 6).filter(rumble);
    scale_to_rms(rumble, 0.9);
    const double phase = random.between(0, kTwoPi);
    for (std::size_t n = 0; n < count; ++n) {
        const double t = static_cast<double>(n) / rate.hz;
        rumble[n] += static_cast<float>(0.6 * std::sin(kTwoPi * 25 * t + phase));
    }
    scale_to_rms(rumble, 1);
    return rumble;
}

std::vector<float> loop_bed(const RealBed& bed, std::size_t count, SampleRate rate,
                            Random& random) {
    std::vector<float> out(count);
    const std::size_t length = bed.samples.size();
    if (length < 64 || bed.rate.hz <= 0) {
        return out;
    }
    // Half a period later the same recording again, each weighted by sin^2 or cos^2 in amplitude
    // squared: where one copy wraps round, its weight is 0, so the seam is not heard.
    const double step = static_cast<double>(bed.rate.hz) / rate.hz;
    const auto period = static_cast<double>(length - 1);
    double place = random.between(0, period);
    const auto read = [&](double at) {
        const auto left = std::min(static_cast<std::size_t>(at), length - 2);
        const double blend = at - static_cast<double>(left);
        return static_cast<double>(bed.samples[left]) * (1 - blend) +
               static_cast<double>(bed.samples[left + 1]) * blend;
    };
    for (float& sample : out) {
        const double other = place < period / 2 ? place + period / 2 : place - period / 2;
        const double angle = std::numbers::pi * place / period;
        sample = static_cast<float>(read(place) * std::sin(angle) +
                                    read(other) * std::abs(std::cos(angle)));
        place += step;
        while (place >= period) {
            place -= period;
        }
    }
    return out;
}

Surface make_surface(std::size_t count, SampleRate rate, double speed,
                     std::span<const RealBed> real_beds, Random& random) {
    const SurfaceShares usual;
    // Every record has its own mixture: each share up to twice or down to half, then made to add
    // up.
    const auto vary = [&](double share) { return share * std::exp2(random.between(-1, 1)); };
    SurfaceShares shares{vary(usual.hiss), vary(usual.crackle), vary(usual.pops),
                         vary(usual.ticks)};

    Surface surface;
    surface.bed.resize(count);
    const auto add = [&](std::vector<float> part, double share) {
        scale_to_rms(part, std::sqrt(share));
        mix(surface.bed, part, 1);
    };
    add(make_hiss(count, rate, random), shares.hiss);
    add(make_crackle(count, rate, random.between(15, 80), random), shares.crackle);
    add(make_pops(count, rate, random.between(0.3, 1.5), random), shares.pops);
    add(make_ticks(count, rate, speed, random), shares.ticks);
    scale_to_rms(surface.bed, 1);
    const bool wants_real = random.unit() < 1.0 / 3;
    if (wants_real && !real_beds.empty()) {
        const RealBed& chosen = real_beds[random.below(real_beds.size())];
        auto real = loop_bed(chosen, count, rate, random);
        scale_to_rms(real, 1);
        mix(surface.bed, real, 1);
        scale_to_rms(surface.bed, 1);
        surface.real_bed = chosen.name;
    }
    surface.rumble = make_rumble(count, rate, random);
    return surface;
}

} // namespace spindle::simulator
