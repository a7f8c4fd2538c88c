// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/distortion_fit.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <stdexcept>
#include <utility>

#include "grade/reference/level_split.h"

namespace spindle::grade {
namespace {

constexpr int kSize = 2048;
constexpr double kLow = 3000;
constexpr double kHigh = 12000;
constexpr double kTreble = 2000;
constexpr double kClip = 5; // deviations
constexpr double kLowestLevel = -110;
constexpr double kLevelStep = 3;

dsp::RealFft make_fft() {
    auto fft = dsp::RealFft::create(kSize);
    if (!fft) { // cannot be: powers of two are there
        throw std::logic_error(fft.error().message);
    }
    return std::move(*fft);
}

using Spectrum = std::vector<std::complex<float>>;

double inner(const Spectrum& a, const Spectrum& b, std::size_t low, std::size_t high) {
    double sum = 0;
    for (std::size_t k = low; k < high; ++k) {
        sum += static_cast<double>(a[k].real() * b[k].real() + a[k].imag() * b[k].imag());
    }
    return sum;
}

} // namespace

DistortionFit::DistortionFit(double rate) : rate_(rate), fft_(make_fft()), window_(kSize) {
    for (std::size_t n = 0; n < window_.size(); ++n) {
        window_[n] = static_cast<float>(
            0.5 - 0.5 * std::cos(2 * std::numbers::pi * (static_cast<double>(n) + 0.5) / kSize));
    }
    low_ = static_cast<std::size_t>(kLow / rate * kSize);
    high_ = static_cast<std::size_t>(std::min(kHigh, 0.45 * rate) / rate * kSize);
}

void DistortionFit::add(StereoSpan music, StereoSpan residual) {
    if (high_ > low_ + 8) { // 8 kHz recordings have no such band
        add_channel(music.left, residual.left);
        add_channel(music.right, residual.right);
    }
}

void DistortionFit::add_channel(std::span<const float> music, std::span<const float> residual) {
    // Second-order high-pass (Butterworth), as a simulator or a groove would weigh velocity.
    treble_.resize(music.size());
    const double w = std::tan(std::numbers::pi * kTreble / rate_);
    const double norm = 1 / (1 + std::numbers::sqrt2 * w + w * w);
    const double a1 = 2 * (w * w - 1) * norm;
    const double a2 = (1 - std::numbers::sqrt2 * w + w * w) * norm;
    double x1 = 0, x2 = 0, y1 = 0, y2 = 0;
    for (std::size_t n = 0; n < music.size(); ++n) {
        const auto x = static_cast<double>(music[n]);
        const double y = norm * (x - 2 * x1 + x2) - a1 * y1 - a2 * y2;
        x2 = x1;
        x1 = x;
        y2 = y1;
        y1 = y;
        treble_[n] = static_cast<float>(y);
    }

    std::vector<Sums> levels(kLevels);
    std::array<Spectrum, 4> spectra; // even, odd, music, residual
    std::vector<float> sorted;
    for (std::size_t from = 0; from + kSize <= music.size(); from += kSize) {
        sorted.clear();
        double power = 0;
        for (std::size_t n = from; n < from + kSize; ++n) {
            power += static_cast<double>(music[n]) * static_cast<double>(music[n]);
            if (n % 4 == 0) {
                sorted.push_back(std::abs(residual[n]));
            }
        }
        const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
        std::nth_element(sorted.begin(), middle, sorted.end());
        const float limit = static_cast<float>(kClip * 1.483) * *middle;
        for (std::size_t s = 0; s < spectra.size(); ++s) {
            const std::span<float> in = fft_.input();
            for (std::size_t n = 0; n < window_.size(); ++n) {
                const float t = treble_[from + n];
                const float value = s == 0   ? t * t
                                    : s == 1 ? t * std::abs(t)
                                    : s == 2 ? music[from + n]
                                             : std::clamp(residual[from + n], -limit, limit);
                in[n] = window_[n] * value;
            }
            const auto bins = fft_.transform();
            spectra[s].assign(bins.begin(), bins.end());
        }
        const double level = (decibels(power / kSize) - kLowestLevel) / kLevelStep;
        if (level < 0) {
            continue;
        }
        Sums& sums = levels[std::min(kLevels - 1, static_cast<std::size_t>(level))];
        for (std::size_t i = 0; i < 3; ++i) {
            for (std::size_t k = i; k < 3; ++k) {
                const double product = inner(spectra[i], spectra[k], low_, high_);
                sums.products[i][k] += product;
                sums.products[k][i] = sums.products[i][k];
            }
            sums.with_residual[i] += inner(spectra[i], spectra[3], low_, high_);
        }
        sums.residual += inner(spectra[3], spectra[3], low_, high_);
        sums.music += inner(spectra[2], spectra[2], low_, high_);
        sums.values += static_cast<double>(high_ - low_);
    }
    for (std::size_t level = 0; level < kLevels; ++level) {
        explained_[level] += levels[level].explained();
        music_[level] += levels[level].music;
    }
}

/// Energy that even and odd explain beyond what the music does, less what they would by chance.
double DistortionFit::Sums::explained() const {
    if (!(music > 0) || !(values > 0)) {
        return 0;
    }
    // The music is taken out of the others first.
    std::array<std::array<double, 2>, 2> m{};
    std::array<double, 2> y{};
    for (std::size_t i = 0; i < 2; ++i) {
        for (std::size_t k = 0; k < 2; ++k) {
            m[i][k] = products[i][k] - products[i][2] * products[k][2] / products[2][2];
        }
        y[i] = with_residual[i] - products[i][2] * with_residual[2] / products[2][2];
    }
    const double determinant = m[0][0] * m[1][1] - m[0][1] * m[0][1];
    if (!(determinant > 1e-9 * m[0][0] * m[1][1])) {
        return 0;
    }
    const double energy =
        (y[0] * y[0] * m[1][1] - 2 * y[0] * y[1] * m[0][1] + y[1] * y[1] * m[0][0]) / determinant;
    return energy - 2 * residual / values; // Hann: half of the values are independent
}

double DistortionFit::level_db(double from_dbfs, double to_dbfs) const {
    double explained = 0;
    double music = 0;
    for (std::size_t level = 0; level < kLevels; ++level) {
        const double dbfs = kLowestLevel + kLevelStep * (static_cast<double>(level) + 0.5);
        if (dbfs >= from_dbfs && dbfs < to_dbfs) {
            explained += explained_[level];
            music += music_[level];
        }
    }
    return music > 0 && explained > 0 ? std::max(-200.0, decibels(explained / music)) : -200;
}

} // namespace spindle::grade
