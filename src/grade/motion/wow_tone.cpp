// SPDX-License-Identifier: Apache-2.0
#include "grade/motion/wow_tone.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <utility>
#include <vector>

#include "dsp/decimator.h"

namespace spindle::grade {
namespace {

constexpr double kTwoPi = 2 * std::numbers::pi;
constexpr double kFirstHertz = 4000; // after the first low-pass
constexpr int kSecondFactor = 4;     // then 1000 values a second, flat to 400 Hz, nothing from 600
constexpr double kHalfBand = 400;    // Hz
constexpr double kWindow = 0.1;      // seconds that are or are not the tone
constexpr int kBridged = 3;          // windows that a click or a bump may cost
constexpr std::size_t kEnds = 1;     // windows at either end that the filters smear
constexpr std::size_t kLeastWindows = 10;
constexpr std::size_t kPiece = 4096; // samples mixed at a time

} // namespace

/// The tone is turned back by its own frequency, so that it stands near 0 Hz, and low-passed twice:
/// what is left is the analytic signal of the band around it.
struct WowTone::State {
    WowToneOptions options;
    double hertz = 0; ///< of `real` and `imaginary`
    std::size_t most = 0;
    std::complex<double> turn{1, 0};
    std::complex<double> step;
    std::size_t since_unit = 0;
    dsp::Decimator first_real, first_imaginary, second_real, second_imaginary;
    std::vector<float> real, imaginary;
    std::vector<float> mixed_real, mixed_imaginary, between_real, between_imaginary;

    State(int factor) // band edges: flat to 0.8 of the new half rate
        : first_real(factor), first_imaginary(factor), second_real(kSecondFactor),
          second_imaginary(kSecondFactor) {}

    void second_stage() {
        second_real.feed(between_real, real);
        second_imaginary.feed(between_imaginary, imaginary);
        between_real.clear();
        between_imaginary.clear();
    }
};

WowTone::WowTone(std::unique_ptr<State> state) : state_(std::move(state)) {}
WowTone::~WowTone() = default;
WowTone::WowTone(WowTone&&) noexcept = default;
WowTone& WowTone::operator=(WowTone&&) noexcept = default;

Result<WowTone> WowTone::create(SampleRate rate, const WowToneOptions& options) {
    if (!(options.tone_hertz > kHalfBand) || 2 * (options.tone_hertz + kHalfBand) >= rate.hz) {
        return fail(Code::Unsupported,
                    "a recording of {} Hz does not hold a test tone of {} Hz and its band: use one "
                    "of {} Hz or more",
                    rate.hz, options.tone_hertz, 2 * (options.tone_hertz + kHalfBand) + 1);
    }
    const int factor = std::max(1, static_cast<int>(rate.hz / kFirstHertz));
    auto state = std::make_unique<State>(factor);
    state->options = options;
    state->hertz = static_cast<double>(rate.hz) / (factor * kSecondFactor);
    state->most = static_cast<std::size_t>(std::max(0.0, options.longest.count()) * state->hertz);
    state->step = std::polar(1.0, -kTwoPi * options.tone_hertz / rate.hz);
    return WowTone(std::move(state));
}

void WowTone::feed(StereoSpan block) {
    State& state = *state_;
    for (std::size_t from = 0; from < block.size() && state.real.size() < state.most;
         from += kPiece) {
        const StereoSpan piece = block.subspan(from, std::min(kPiece, block.size() - from));
        state.mixed_real.resize(piece.size());
        state.mixed_imaginary.resize(piece.size());
        for (std::size_t n = 0; n < piece.size(); ++n) {
            const double sample =
                0.5 * (static_cast<double>(piece.left[n]) + static_cast<double>(piece.right[n]));
            state.mixed_real[n] = static_cast<float>(sample * state.turn.real());
            state.mixed_imaginary[n] = static_cast<float>(sample * state.turn.imag());
            state.turn *= state.step;
            if (++state.since_unit == kPiece) { // rounding must not grow
                state.turn /= std::abs(state.turn);
                state.since_unit = 0;
            }
        }
        state.first_real.feed(state.mixed_real, state.between_real);
        state.first_imaginary.feed(state.mixed_imaginary, state.between_imaginary);
        state.second_stage();
    }
}

Result<WowCurve> WowTone::finish() {
    State& state = *state_;
    state.first_real.finish(state.between_real);
    state.first_imaginary.finish(state.between_imaginary);
    state.second_stage();
    state.second_real.finish(state.real);
    state.second_imaginary.finish(state.imaginary);
    const std::size_t count = std::min(state.real.size(), state.most);

    // A tone's amplitude is steady, that of music in so narrow a band is not.
    const auto window = static_cast<std::size_t>(std::lround(kWindow * state.hertz));
    std::vector<bool> is_tone(count / window);
    for (std::size_t w = 0; w < is_tone.size(); ++w) {
        double sum = 0;
        double squares = 0;
        for (std::size_t n = w * window; n < (w + 1) * window; ++n) {
            const double power = std::norm(std::complex<double>(state.real[n], state.imaginary[n]));
            sum += std::sqrt(power);
            squares += power;
        }
        const double mean = sum / static_cast<double>(window);
        const double variance = squares / static_cast<double>(window) - mean * mean;
        is_tone[w] = mean > 1e-6 &&
                     mean * mean > 2 * variance * std::pow(10, state.options.least_tone_db / 10);
    }
    std::size_t best_from = 0;
    std::size_t best_to = 0;
    std::size_t from = 0;
    std::size_t to = 0; // behind the last window of the tone
    for (std::size_t w = 0; w < is_tone.size(); ++w) {
        if (!is_tone[w]) {
            continue;
        }
        if (to == 0 || w > to + kBridged) {
            from = w;
        }
        to = w + 1;
        if (to - from > best_to - best_from) {
            best_from = from;
            best_to = to;
        }
    }
    if (best_to - best_from < kLeastWindows + 2 * kEnds) {
        return fail(Code::NotFound,
                    "no steady tone of {} Hz for a second: wow is measured on a test record's",
                    state.options.tone_hertz);
    }

    const std::size_t begin = (best_from + kEnds) * window;
    const std::size_t end = (best_to - kEnds) * window;
    std::vector<double> hertz(end - begin); // of the tone against where it should be
    double last_good = 0;
    for (std::size_t n = begin; n < end; ++n) {
        const std::complex<double> now(state.real[n], state.imaginary[n]);
        const std::complex<double> next(state.real[n + 1], state.imaginary[n + 1]);
        if (is_tone[n / window]) {
            last_good = std::arg(next * std::conj(now)) / kTwoPi * state.hertz;
        }
        hertz[n - begin] = last_good;
    }
    // A difference over one value takes sin(x)/x of what swings fast; the neighbours give it back.
    constexpr double kBack = 1.0 / 24;
    WowCurve curve;
    curve.hertz = state.hertz;
    curve.start = Seconds((static_cast<double>(begin) + 0.5) / state.hertz);
    curve.speed.resize(hertz.size());
    for (std::size_t n = 0; n < hertz.size(); ++n) {
        const double before = hertz[n == 0 ? 0 : n - 1];
        const double after = hertz[std::min(n + 1, hertz.size() - 1)];
        const double value = hertz[n] + kBack * (2 * hertz[n] - before - after);
        curve.speed[n] = static_cast<float>(1 + value / state.options.tone_hertz);
    }
    return curve;
}

} // namespace spindle::grade
