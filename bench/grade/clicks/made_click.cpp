// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/made_click.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>

#include "grade/clicks/impulse_finder.h"
#include "material/music_file.h"
#include "simulator/biquad.h"

namespace spindle::click_trials {
namespace {

using simulator::Biquad;
using simulator::Random;

constexpr int kFiner =
    8; // a pulse of 20 us is one sample at 44.1 kHz: made at eight times the rate
constexpr double kBefore = 0.0006;
constexpr double kAfter = 0.006;

// Playback equalisation: 3180, 318 and 75 us (IEC 60098), bilinear transform of its three corners.
class Playback {
public:
    explicit Playback(double hertz) {
        const double k = 2 * hertz;
        const std::array<double, 3> t{3180e-6, 318e-6, 75e-6};
        // (1 + s t1) / ((1 + s t0) (1 + s t2))
        const double a = 1 + k * t[0], a2 = 1 - k * t[0];
        const double b = 1 + k * t[2], b2 = 1 - k * t[2];
        const double c = 1 + k * t[1], c2 = 1 - k * t[1];
        numerator_ = {c, c + c2, c2};
        denominator_ = {a * b, a * b2 + a2 * b, a2 * b2};
    }
    void filter(std::span<double> samples) const {
        double x1 = 0, x2 = 0, y1 = 0, y2 = 0;
        for (double& sample : samples) {
            const double x = sample;
            const double y = (numerator_[0] * x + numerator_[1] * x1 + numerator_[2] * x2 -
                              denominator_[1] * y1 - denominator_[2] * y2) /
                             denominator_[0];
            x2 = x1;
            x1 = x;
            y2 = y1;
            y1 = y;
            sample = y;
        }
    }

private:
    std::array<double, 3> numerator_{}, denominator_{};
};

void add_pulse(std::vector<double>& wave, double fine, double at, double height, Random& random) {
    const bool there_and_back = random.unit() < 0.75;
    const double width =
        there_and_back ? random.between(30e-6, 100e-6) : 20e-6 * std::pow(25, random.unit());
    const auto count = static_cast<std::size_t>(std::max(width * fine, 2.0));
    const auto from = static_cast<std::size_t>(at * fine);
    const double second = random.between(0.5, 1.2); // how far back
    for (std::size_t n = 0; n < count && from + n < wave.size(); ++n) {
        const double phase = (static_cast<double>(n) + 0.5) / static_cast<double>(count);
        const double turn =
            std::sin(2 * std::numbers::pi * phase) * std::sin(std::numbers::pi * phase);
        const double bump = std::sin(std::numbers::pi * phase);
        const double value = there_and_back ? (turn > 0 ? turn : second * turn) : bump * bump;
        wave[from + n] += height * value;
    }
}

constexpr int kReach = 12 * kFiner;

std::vector<double> make_low_pass() { // windowed sinc
    std::vector<double> taps;
    for (int k = -kReach; k <= kReach; ++k) {
        const double x = std::numbers::pi * 0.95 * k / kFiner;
        const double sinc = k == 0 ? 1 : std::sin(x) / x;
        const double window = 0.5 + 0.5 * std::cos(std::numbers::pi * k / (kReach + 1.0));
        taps.push_back(sinc * window * 0.95 / kFiner);
    }
    return taps;
}

// Dirt that is ground rather than struck: a burst of noise that dies away, as many recorded clicks
// are.
void add_burst(std::vector<double>& wave, double fine, double at, double height, Random& random) {
    const double decay = 0.0001 * std::pow(15, random.unit());
    const auto from = static_cast<std::size_t>(at * fine);
    double held = 0;
    for (std::size_t n = from; n < wave.size(); ++n) {
        if ((n - from) % (kFiner / 2) == 0) {
            held = random.normal();
        }
        wave[n] += height * held * std::exp(-static_cast<double>(n - from) / fine / decay);
    }
}

// Every eighth sample after a low-pass.
std::vector<float> coarser(std::span<const double> fine) {
    static const std::vector<double> taps = make_low_pass();
    std::vector<float> out(fine.size() / kFiner);
    for (std::size_t n = 0; n < out.size(); ++n) {
        double sum = 0;
        for (int k = -kReach; k <= kReach; ++k) {
            const auto at = static_cast<std::int64_t>(n * kFiner) + k;
            if (at >= 0 && at < static_cast<std::int64_t>(fine.size())) {
                sum +=
                    fine[static_cast<std::size_t>(at)] * taps[static_cast<std::size_t>(k + kReach)];
            }
        }
        out[n] = static_cast<float>(sum);
    }
    return out;
}

void normalise(ClickWave& click) {
    float peak = 0;
    for (std::size_t n = 0; n < click.left.size(); ++n) {
        const float here = std::max(std::abs(click.left[n]), std::abs(click.right[n]));
        if (here > peak) {
            peak = here;
            click.peak = n;
        }
    }
    for (std::vector<float>* channel : {&click.left, &click.right}) {
        for (float& sample : *channel) {
            sample /= std::max(peak, 1e-9F);
        }
    }
}

} // namespace

ClickWave make_click(SampleRate rate, Random& random) {
    const double fine = static_cast<double>(rate.hz) * kFiner;
    const auto size = static_cast<std::size_t>((kBefore + kAfter) * fine);
    // Each wall has a pulse of its own; where it comes from moves both.
    const double angle = random.unit();
    double gain_left = 1;
    double gain_right = 1;
    if (angle < 0.45) { // one wall, with the crosstalk of a pickup
        const double leak = std::pow(10, random.between(-30, -15) / 20) * random.sign();
        (random.unit() < 0.5 ? gain_left : gain_right) = leak;
    } else if (angle < 0.75) { // lifted
        gain_right = -random.between(0.4, 1);
        if (random.unit() < 0.5) {
            std::swap(gain_left, gain_right);
        }
    } else {
        const double direction = random.between(0, 2 * std::numbers::pi);
        gain_left = std::cos(direction);
        gain_right = std::sin(direction);
    }
    std::vector<double> left(size);
    std::vector<double> right(size);
    const int pulses = random.unit() < 0.75 ? 1 : 2 + static_cast<int>(random.below(3));
    const bool ground = random.unit() < 0.25;
    double at = kBefore;
    for (int n = 0; n < pulses; ++n) {
        const double height = (n == 0 ? 1.0 : random.between(0.1, 1)) * random.sign();
        std::vector<double> pulse(size);
        (ground ? add_burst : add_pulse)(pulse, fine, at, height, random);
        const bool own = random.unit() < 0.3; // the other wall is hit in a way of its own
        std::vector<double> other = pulse;
        if (own) {
            std::fill(other.begin(), other.end(), 0);
            (ground ? add_burst : add_pulse)(other, fine, at + random.between(0, 40e-6), height,
                                             random);
        }
        for (std::size_t k = 0; k < size; ++k) {
            left[k] += gain_left * pulse[k];
            right[k] += gain_right * other[k];
        }
        at += random.between(0.0001, 0.0012);
    }
    if (random.unit() < 0.1) {
        const double tone = random.between(60, 300);
        const double decay = random.between(0.001, 0.003);
        const double height = random.between(0.01, 0.05);
        for (std::size_t k = static_cast<std::size_t>(kBefore * fine); k < size; ++k) {
            const double t = static_cast<double>(k) / fine - kBefore;
            const double ring =
                height * std::sin(2 * std::numbers::pi * tone * t) * std::exp(-t / decay);
            left[k] += gain_left * ring;
            right[k] += gain_right * ring;
        }
    }
    // A worn stylus, an old pickup: duller than a good one's 11 kHz and more.
    const double corner =
        random.unit() < 0.65 ? random.between(11000, 20000) : 2500 * std::pow(4.4, random.unit());
    const Playback playback(fine);
    ClickWave click;
    for (auto [wave, out] : {std::pair{&left, &click.left}, std::pair{&right, &click.right}}) {
        std::vector<float> piece(wave->begin(), wave->end());
        Biquad::low_pass(SampleRate{static_cast<int>(fine)}, corner).filter(piece);
        std::copy(piece.begin(), piece.end(), wave->begin());
        playback.filter(*wave);
        *out = coarser(*wave);
        // The equalisation's bass goes on for milliseconds; no step at the end.
        const std::size_t fade = out->size() / 4;
        for (std::size_t n = 0; n < fade; ++n) {
            (*out)[out->size() - 1 - n] *= static_cast<float>(n) / static_cast<float>(fade);
        }
    }
    normalise(click);
    return click;
}

std::vector<ClickWave> cut_clicks(std::vector<float> left, std::vector<float> right,
                                  SampleRate rate, std::size_t most) {
    for (std::vector<float>* channel : {&left, &right}) { // rumble is not the click's
        Biquad::high_pass(rate, 60).filter(*channel);
    }
    grade::ImpulseFinder finder(rate, grade::ImpulseOptions::of_noise());
    grade::ImpulseFindings found;
    finder.feed({left, right}, found);
    finder.finish(found);
    const auto before = static_cast<std::int64_t>(0.0014 * rate.hz);
    const auto after = static_cast<std::int64_t>(0.0054 * rate.hz);
    std::vector<ClickWave> clicks;
    const auto& impulses = found.impulses;
    for (std::size_t i = 0; i < impulses.size() && clicks.size() < most; ++i) {
        const auto& impulse = impulses[i];
        const auto calm = [&](const grade::Impulse& other) {
            return std::abs(other.at - impulse.at) > after ||
                   other.strongest() < impulse.strongest() / 8;
        };
        const bool alone = (i == 0 || calm(impulses[i - 1])) &&
                           (i + 1 == impulses.size() || calm(impulses[i + 1]));
        if (impulse.strongest() < 20 || !alone || impulse.at < before ||
            impulse.at + after > static_cast<std::int64_t>(left.size())) {
            continue;
        }
        ClickWave click;
        click.is_recorded = true;
        for (std::int64_t n = impulse.at - before; n < impulse.at + after; ++n) {
            const double t = static_cast<double>(n - impulse.at);
            const double edge =
                t < 0 ? 1 + t / static_cast<double>(before) : 1 - t / static_cast<double>(after);
            const auto fade = static_cast<float>(std::min(edge * 3, 1.0));
            click.left.push_back(left[static_cast<std::size_t>(n)] * fade);
            click.right.push_back(right[static_cast<std::size_t>(n)] * fade);
        }
        normalise(click);
        clicks.push_back(std::move(click));
    }
    return clicks;
}

Result<std::vector<ClickWave>> read_clicks(const std::filesystem::path& file, SampleRate rate) {
    SPINDLE_TRY(const auto music, material::read_music(file, rate, Seconds(120)));
    const auto channels = static_cast<std::size_t>(music.channels);
    std::vector<float> left;
    std::vector<float> right;
    for (std::size_t n = 0; n + channels <= music.samples.size(); n += channels) {
        left.push_back(music.samples[n]);
        right.push_back(music.samples[n + channels - 1]);
    }
    return cut_clicks(std::move(left), std::move(right), rate, 3000);
}

} // namespace spindle::click_trials
