// SPDX-License-Identifier: Apache-2.0
#include "grade/surface/deep_spectra.h"

#include <cmath>
#include <complex>
#include <numbers>
#include <utility>

namespace spindle::grade {
namespace {

constexpr std::size_t kSize = 8192;

} // namespace

Result<DeepSpectra> DeepSpectra::create(double deep_rate_hz) {
    SPINDLE_TRY(auto fft, dsp::RealFft::create(static_cast<int>(kSize)));
    return DeepSpectra(deep_rate_hz, std::move(fft));
}

DeepSpectra::DeepSpectra(double rate_hz, dsp::RealFft fft)
    : rate_hz_(rate_hz), fft_(std::move(fft)), window_(kSize), mid_power_(kSize / 2 + 1),
      side_power_(kSize / 2 + 1) {
    const auto size = static_cast<double>(kSize);
    const double scale = std::sqrt(2 / (size * size * 3 / 8)); // as SpectralFrames
    for (std::size_t i = 0; i < kSize; ++i) {
        const double phase = 2 * std::numbers::pi * static_cast<double>(i) / size;
        window_[i] = static_cast<float>(scale * (0.5 - 0.5 * std::cos(phase)));
    }
}

double DeepSpectra::bin_hz() const {
    return rate_hz_ / static_cast<double>(kSize);
}

void DeepSpectra::transform(std::span<const float> sound, std::span<float> power) {
    const std::span<float> in = fft_.input();
    for (std::size_t i = 0; i < kSize; ++i) {
        in[i] = window_[i] * sound[i];
    }
    const std::span<const std::complex<float>> out = fft_.transform();
    for (std::size_t k = 0; k < out.size(); ++k) {
        power[k] = out[k].real() * out[k].real() + out[k].imag() * out[k].imag();
    }
}

void DeepSpectra::feed(const LowBlock& block, const Sink& sink) {
    mid_.insert(mid_.end(), block.deep_mid.begin(), block.deep_mid.end());
    side_.insert(side_.end(), block.deep_side.begin(), block.deep_side.end());
    while (mid_.size() >= kSize && side_.size() >= kSize) {
        transform(mid_, mid_power_);
        transform(side_, side_power_);
        sink({mid_power_, side_power_});
        mid_.erase(mid_.begin(), mid_.begin() + kSize / 2);
        side_.erase(side_.begin(), side_.begin() + kSize / 2);
    }
}

} // namespace spindle::grade
