// SPDX-License-Identifier: Apache-2.0
#include "audio/spectrogram.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <cstddef>
#include <numbers>
#include <utility>

#include "dsp/real_fft.h"

namespace spindle::audio {
namespace {

constexpr double kSilentPower = 1e-14; // -140 dB: below any recording, so that log() stays finite
constexpr int kSmallestTransform = 64;
constexpr int kLargestTransform = 1 << 16;

/// Where a row looks in the spectrum, in bins.
struct Band {
    double low = 0;
    double high = 0;
};

double band_power(std::span<const double> power, const Band& band) {
    const auto first = static_cast<std::size_t>(std::ceil(band.low));
    const auto last = static_cast<std::size_t>(std::floor(band.high));
    if (first <= last) {
        return *std::max_element(power.begin() + static_cast<std::ptrdiff_t>(first),
                                 power.begin() + static_cast<std::ptrdiff_t>(last) + 1);
    }
    // Narrower than a bin: between its neighbours, so that low rows are smooth instead of stairs.
    const double middle = (band.low + band.high) / 2;
    const auto below = std::min(static_cast<std::size_t>(middle), power.size() - 2);
    return std::lerp(power[below], power[below + 1], middle - static_cast<double>(below));
}

std::vector<Band> bands_for(const SpectrogramOptions& options, double hz_per_bin) {
    std::vector<Band> bands(static_cast<std::size_t>(options.rows));
    const double octaves = std::log2(options.highest_hz / options.lowest_hz);
    for (std::size_t row = 0; row < bands.size(); ++row) {
        const auto edge = [&](std::size_t at) {
            return options.lowest_hz *
                   std::exp2(octaves * static_cast<double>(at) /
                             static_cast<double>(bands.size())) /
                   hz_per_bin;
        };
        bands[row] = {edge(row), edge(row + 1)};
    }
    return bands;
}

Result<void> check(std::span<const float> samples, SampleRate rate,
                   const SpectrogramOptions& options) {
    const bool sizes = options.columns >= 1 && options.columns <= 20000 && options.rows >= 1 &&
                       options.rows <= 4096 && rate.hz >= 1000 && options.window.count() > 0;
    const bool range = options.lowest_hz > 0 && options.highest_hz > options.lowest_hz &&
                       options.highest_hz <= rate.hz / 2.0;
    if (samples.empty() || !sizes || !range) {
        return fail(Code::BadInput,
                    "no spectrogram of {} samples at {} Hz with {} columns, {} rows, {} to {} Hz",
                    samples.size(), rate.hz, options.columns, options.rows, options.lowest_hz,
                    options.highest_hz);
    }
    return {};
}

} // namespace

Result<Spectrogram> measure_spectrogram(std::span<const float> samples, SampleRate rate,
                                        const SpectrogramOptions& options) {
    SPINDLE_TRY_VOID(check(samples, rate, options));
    const double wanted = options.window.count() * rate.hz;
    const auto window = static_cast<std::size_t>(std::clamp(
        wanted, static_cast<double>(kSmallestTransform), static_cast<double>(kLargestTransform)));
    // At least twice the window: the zeros behind it place low rows between the bins.
    const auto size = std::bit_ceil(2 * window);
    SPINDLE_TRY(auto fft, dsp::RealFft::create(static_cast<int>(size)));
    std::vector<float> hann(window);
    for (std::size_t i = 0; i < window; ++i) {
        hann[i] = static_cast<float>(
            0.5 - 0.5 * std::cos(2 * std::numbers::pi * (static_cast<double>(i) + 0.5) /
                                 static_cast<double>(window)));
    }
    // A full-scale sine gathers window/4 under a Hann window.
    const double unit = 16.0 / (static_cast<double>(window) * static_cast<double>(window));
    const std::vector<Band> bands =
        bands_for(options, static_cast<double>(rate.hz) / static_cast<double>(size));

    Spectrogram picture;
    picture.columns = options.columns;
    picture.rows = options.rows;
    picture.lowest_hz = options.lowest_hz;
    picture.highest_hz = options.highest_hz;
    picture.duration = Seconds{static_cast<double>(samples.size()) / rate.hz};
    picture.levels.reserve(static_cast<std::size_t>(options.columns) * bands.size());
    const double per_column =
        static_cast<double>(samples.size()) / static_cast<double>(options.columns);
    const auto frames = static_cast<std::size_t>(
        std::max(1.0, std::round(per_column / (static_cast<double>(window) / 2))));
    std::vector<double> power(static_cast<std::size_t>(fft.bins()));
    for (int column = 0; column < options.columns; ++column) {
        std::fill(power.begin(), power.end(), 0.0);
        for (std::size_t frame = 0; frame < frames; ++frame) {
            const double part = (static_cast<double>(frame) + 0.5) / static_cast<double>(frames);
            const auto center = static_cast<std::ptrdiff_t>((column + part) * per_column);
            const std::ptrdiff_t start = center - static_cast<std::ptrdiff_t>(window / 2);
            const auto input = fft.input();
            std::fill(input.begin(), input.end(), 0.0F);
            for (std::size_t i = 0; i < window; ++i) {
                const std::ptrdiff_t at = start + static_cast<std::ptrdiff_t>(i);
                if (at >= 0 && std::cmp_less(at, samples.size())) {
                    input[i] = samples[static_cast<std::size_t>(at)] * hann[i];
                }
            }
            const auto spectrum = fft.transform();
            for (std::size_t bin = 0; bin < power.size(); ++bin) {
                power[bin] += static_cast<double>(std::norm(spectrum[bin]));
            }
        }
        for (const Band& band : bands) {
            const double mean = band_power(power, band) * unit / static_cast<double>(frames);
            picture.levels.push_back(static_cast<float>(10 * std::log10(mean + kSilentPower)));
        }
    }
    return picture;
}

} // namespace spindle::audio
