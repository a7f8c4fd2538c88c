// SPDX-License-Identifier: Apache-2.0
#include "simulator/click_shape.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

#include "simulator/biquad.h"
#include "simulator/level.h"

namespace spindle::simulator {

namespace {

constexpr int kOversampling = 8;   // pulses of 20 us, and the playback curve up to 20 kHz
constexpr double kLongest = 12e-3; // seconds; the curve's slowest pole has died away to 2 %
constexpr double kDoublets = 0.85; // what real clicks look like
constexpr double kQuarterTurn = std::numbers::pi / 4;

/// One pole and one zero at most, by the bilinear transform.
class Shelf {
public:
    Shelf(double zero, double pole, double rate) {
        const double k = 2 * rate;
        const double a0 = 1 + pole * k;
        b0_ = (1 + zero * k) / a0;
        b1_ = (1 - zero * k) / a0;
        a1_ = (1 - pole * k) / a0;
    }
    void filter(std::span<float> samples) {
        for (float& sample : samples) {
            const auto in = static_cast<double>(sample);
            const double out = b0_ * in + state_;
            state_ = b1_ * in - a1_ * out;
            sample = static_cast<float>(out);
        }
    }

private:
    double b0_, b1_, a1_;
    double state_ = 0;
};

void through_playback_curve(std::span<float> samples, SampleRate rate) {
    Shelf(318e-6, 3180e-6, rate.hz).filter(samples);
    Shelf(0, 75e-6, rate.hz).filter(samples);
}

/// What the recorder does before it samples.
void through_converter(std::span<float> samples, SampleRate fine, SampleRate rate) {
    for (const double q : {0.541, 1.307}) {
        Biquad::low_pass(fine, 0.45 * rate.hz, q).filter(samples);
    }
}

/// A half sine of `width` seconds from `start` on.
void add_pulse(std::span<float> samples, SampleRate rate, double start, double width,
               double height) {
    const double first = start * rate.hz;
    const double length = std::max(width * rate.hz, 1.0);
    for (auto n = static_cast<std::size_t>(first); n < samples.size(); ++n) {
        const double place = (static_cast<double>(n) + 0.5 - first) / length;
        if (place >= 1) {
            break;
        }
        samples[n] += static_cast<float>(height * std::sin(std::numbers::pi * place));
    }
}

/// Ends softly, and no later than nothing is left of it.
void trim(std::vector<float>& samples) {
    const std::size_t fade = samples.size() / 4;
    for (std::size_t n = 0; n < fade; ++n) {
        const double angle =
            std::numbers::pi / 2 * static_cast<double>(n) / static_cast<double>(fade);
        samples[samples.size() - 1 - n] *= static_cast<float>(std::sin(angle));
    }
    const float least = 1e-3F * peak(samples);
    while (samples.size() > 1 && std::abs(samples.back()) < least) {
        samples.pop_back();
    }
}

/// Spread over both channels by the direction of the push: 0 is the left wall, a half pi the
/// right one, -pi / 4 up and pi / 4 sideways.
ClickShape towards(std::vector<float> mono, double angle, int oversampling) {
    ClickShape shape{mono, std::move(mono), oversampling};
    scale(shape.left, std::cos(angle));
    scale(shape.right, std::sin(angle));
    return shape;
}

double draw_direction(Random& random) {
    const double kind = random.unit();
    if (kind < 0.6) { // one wall
        return (random.unit() < 0.5 ? 0 : 2 * kQuarterTurn) + 0.12 * random.normal();
    }
    if (kind < 0.74) { // up or down
        return -kQuarterTurn + 0.3 * random.normal();
    }
    return random.between(0, 4 * kQuarterTurn);
}

} // namespace

ClickShape draw_click_shape(SampleRate rate, Random& random) {
    const SampleRate fine{rate.hz * kOversampling};
    std::vector<float> samples(static_cast<std::size_t>(kLongest * fine.hz));
    const double start = 2e-5;
    if (random.unit() < kDoublets) {
        const double width = random.between(30e-6, 140e-6);
        const double back = random.between(0.25, 1); // of the height; as much slower
        add_pulse(samples, fine, start, width, 1);
        add_pulse(samples, fine, start + width, width / back, -back * random.between(0.8, 1));
    } else {
        add_pulse(samples, fine, start, 20e-6 * std::pow(25, random.unit()), 1);
    }
    Biquad::low_pass(fine, random.between(11000, 20000), random.between(0.6, 1.3)).filter(samples);
    through_playback_curve(samples, fine);
    through_converter(samples, fine, rate);
    scale(samples, random.sign());
    trim(samples);
    return towards(std::move(samples), draw_direction(random), kOversampling);
}

ClickShape draw_thump_shape(SampleRate rate, Random& random) {
    const auto count = static_cast<std::size_t>(0.3 * rate.hz);
    std::vector<float> samples(count);
    add_pulse(samples, rate, 0, random.between(0.2e-3, 2e-3), random.sign());
    Biquad::low_pass(rate, 8000).filter(samples);
    through_playback_curve(samples, rate);
    scale(samples, 1 / static_cast<double>(peak(samples)));
    const double hertz = random.between(15, 90);
    const double decay = random.between(5e-3, 0.1) / 2;
    const double height = random.sign() * random.between(0.3, 1);
    for (std::size_t n = 0; n < count; ++n) {
        const double t = static_cast<double>(n) / rate.hz;
        samples[n] += static_cast<float>(height * std::exp(-t / decay) *
                                         std::sin(2 * std::numbers::pi * hertz * t));
    }
    trim(samples);
    return towards(std::move(samples), draw_direction(random), 1);
}

ClickShape draw_static_shape(SampleRate rate, Random& random) {
    const SampleRate fine{rate.hz * kOversampling};
    std::vector<float> samples(static_cast<std::size_t>(kLongest * fine.hz));
    double at = 2e-5;
    for (std::size_t spark = 1 + random.below(3); spark > 0; --spark) {
        add_pulse(samples, fine, at, random.between(3e-6, 15e-6), random.sign());
        at += random.between(0.1e-3, 2e-3);
    }
    through_playback_curve(samples, fine);
    through_converter(samples, fine, rate);
    trim(samples);
    return towards(std::move(samples), kQuarterTurn + 0.2 * random.normal(), kOversampling);
}

ClickShape shape_of(std::vector<float> mono) {
    return towards(std::move(mono), kQuarterTurn, 1);
}

ClickShape shape_of(std::vector<float> mono, Random& random) {
    return towards(std::move(mono), draw_direction(random), 1);
}

PlacedClick add_click(StereoSound& sound, double at, const ClickShape& shape, double peak) {
    PlacedClick placed;
    const auto step = static_cast<std::size_t>(std::max(shape.oversampling, 1));
    const double start = std::max(at, 0.0);
    const auto first = static_cast<std::size_t>(std::ceil(start));
    // The shape begins between two samples of the sound: which of its samples falls on the next?
    const auto phase = std::min(
        static_cast<std::size_t>((static_cast<double>(first) - start) * static_cast<double>(step)),
        step - 1);
    double left = 0;
    double right = 0;
    for (std::size_t n = phase; n < shape.left.size(); n += step) {
        left = std::max(left, std::abs(static_cast<double>(shape.left[n])));
        right = std::max(right, std::abs(static_cast<double>(shape.right[n])));
    }
    const double highest = std::max(left, right);
    if (highest <= 0 || first >= sound.size()) {
        return placed;
    }
    const double gain = peak / highest;
    placed.first = first;
    placed.top = first;
    placed.left_peak = left * gain;
    placed.right_peak = right * gain;
    bool has_begun = false;
    std::size_t last = first;
    for (std::size_t n = phase, to = first; n < shape.left.size() && to < sound.size();
         n += step, ++to) {
        const double here_left = gain * static_cast<double>(shape.left[n]);
        const double here_right = gain * static_cast<double>(shape.right[n]);
        sound.left[to] += static_cast<float>(here_left);
        sound.right[to] += static_cast<float>(here_right);
        placed.energy += here_left * here_left + here_right * here_right;
        const double height = std::max(std::abs(here_left), std::abs(here_right));
        if (height > placed.peak) {
            placed.peak = height;
            placed.top = to;
        }
        if (height >= 0.1 * peak) {
            placed.first = has_begun ? placed.first : to;
            has_begun = true;
            last = to;
        }
    }
    placed.length = last - placed.first + 1;
    return placed;
}

} // namespace spindle::simulator
