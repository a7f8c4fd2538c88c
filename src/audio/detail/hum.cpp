// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/hum.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "audio/level_meter.h"

namespace spindle::audio::detail {
namespace {

constexpr int kSize = 4096; // two seconds at about 2000 Hz
constexpr int kDecimatedRate = 2000;
constexpr int kLeastSpectra = 4;    // five seconds
constexpr int kHarmonics = 6;       // up to 300 or 360 Hz, where transformers and rectifiers are
constexpr double kStandsOut = 16.0; // times the power around it: 12 dB
constexpr double kFaintest = 1e-9;  // -90 dBFS: below it all is rounding
constexpr int kLobe = 2;            // bins on each side that a tone fills with a Hann window
constexpr int kAround = 16;         // bins on each side that are its surroundings: 8 Hz

} // namespace

HumFinder::HumFinder(SampleRate rate, dsp::RealFft transform)
    : transform_(std::move(transform)), decimation_(std::max(1, rate.hz / kDecimatedRate)),
      bin_hz_(static_cast<double>(rate.hz) / decimation_ / kSize), window_(kSize),
      least_(static_cast<std::size_t>(transform_.bins()), std::numeric_limits<double>::max()) {
    for (std::size_t i = 0; i < window_.size(); ++i) {
        window_[i] = static_cast<float>(
            0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / kSize));
    }
    recent_.reserve(kSize);
}

Result<HumFinder> HumFinder::create(SampleRate rate) {
    SPINDLE_TRY(auto transform, dsp::RealFft::create(kSize));
    return HumFinder(rate, std::move(transform));
}

void HumFinder::add(float sample) {
    sum_ += static_cast<double>(sample);
    if (++summed_ < decimation_) {
        return;
    }
    recent_.push_back(static_cast<float>(sum_ / decimation_));
    sum_ = 0;
    summed_ = 0;
    if (recent_.size() == kSize) {
        take_spectrum();
        recent_.erase(recent_.begin(), recent_.begin() + kSize / 2);
    }
}

void HumFinder::take_spectrum() {
    const auto input = transform_.input();
    for (std::size_t i = 0; i < input.size(); ++i) {
        input[i] = recent_[i] * window_[i];
    }
    const auto spectrum = transform_.transform();
    for (std::size_t bin = 0; bin < least_.size(); ++bin) {
        least_[bin] = std::min(least_[bin], static_cast<double>(std::norm(spectrum[bin])));
    }
    ++spectra_;
}

/// Power of a tone at or next to `hz`, 1 = a full-scale sine (mains wander by 0.2 Hz).
double HumFinder::level_at(double hz) const {
    const auto centre = static_cast<std::size_t>(std::lround(hz / bin_hz_));
    double power = 0;
    for (std::size_t bin = centre - kLobe; bin <= centre + kLobe && bin < least_.size(); ++bin) {
        power += least_[bin];
    }
    // A sine of amplitude 1 puts (size/2)^2 * mean(window^2) / 2 into its lobe, twice for Hann.
    constexpr double kFull = 0.375 * kSize * kSize / 4.0;
    return power / kFull;
}

/// The median power of as many bins beside it.
double HumFinder::floor_at(double hz) const {
    const auto centre = static_cast<std::ptrdiff_t>(std::lround(hz / bin_hz_));
    std::array<double, 2 * kAround> around{};
    std::size_t count = 0;
    for (std::ptrdiff_t away = 2 * kLobe; away < kAround; ++away) {
        for (const std::ptrdiff_t bin : {centre - away, centre + away}) {
            if (bin >= 0 && bin < static_cast<std::ptrdiff_t>(least_.size())) {
                around[count++] = least_[static_cast<std::size_t>(bin)];
            }
        }
    }
    const auto middle = around.begin() + static_cast<std::ptrdiff_t>(count / 2);
    std::nth_element(around.begin(), middle, around.begin() + static_cast<std::ptrdiff_t>(count));
    constexpr double kFull = 0.375 * kSize * kSize / 4.0;
    return *middle * (2 * kLobe + 1) / kFull;
}

std::optional<Hum> HumFinder::find_mains(int mains_hz) const {
    double power = 0;
    int tones = 0;
    bool low = false;
    for (int harmonic = 1; harmonic <= kHarmonics; ++harmonic) {
        const double hz = static_cast<double>(mains_hz) * harmonic;
        const double level = level_at(hz);
        if (level > kFaintest && level > kStandsOut * floor_at(hz)) {
            power += level;
            ++tones;
            low = low || harmonic <= 2;
        }
    }
    // One steady tone may be a test record; mains come with company.
    if (tones < 2 || !low) {
        return std::nullopt;
    }
    return Hum{mains_hz, dbfs(std::sqrt(power / 2))};
}

std::optional<Hum> HumFinder::find(double least_dbfs) const {
    if (spectra_ < kLeastSpectra) {
        return std::nullopt;
    }
    std::optional<Hum> loudest;
    for (const int mains_hz : {50, 60}) {
        const auto hum = find_mains(mains_hz);
        if (hum && hum->dbfs >= least_dbfs && (!loudest || hum->dbfs > loudest->dbfs)) {
            loudest = hum;
        }
    }
    return loudest;
}

} // namespace spindle::audio::detail
