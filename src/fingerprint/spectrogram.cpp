// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/spectrogram.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

namespace spindle::fingerprint {
namespace {

/// Below about -100 dB full scale everything is silence: keeps dither and digital zero flat.
constexpr float kSilencePower = 1e-10F * kWindow * kWindow / 16.0F;

/// 128 * ln(power) = 256 * ln(magnitude), to within 0.03 nat/256: exponent from the float's bits,
/// logarithm of the mantissa by a cubic (minimax on [1, 2)). Written so that compilers vectorise
/// it.
std::int16_t log_magnitude(float power) {
    constexpr float kScale = 128.0F * std::numbers::ln2_v<float>;
    const auto bits = std::bit_cast<std::int32_t>(power);
    const auto exponent = static_cast<float>((bits >> 23) - 127);
    const float m = std::bit_cast<float>((bits & 0x007FFFFF) | 0x3F800000);
    const float log2m = -2.1536207F + m * (3.0478842F + m * (-1.0518750F + m * 0.15824871F));
    return static_cast<std::int16_t>(kScale * (exponent + log2m));
}

} // namespace

SpectrogramStream::SpectrogramStream()
    : fft_(dsp::RealFft::create(kWindow).value()), window_(kWindow), samples_(kWindow) {
    for (int i = 0; i < kWindow; ++i) {
        window_[static_cast<std::size_t>(i)] =
            static_cast<float>(0.5 - 0.5 * std::cos(2 * std::numbers::pi * (i + 0.5) / kWindow));
    }
}

std::size_t SpectrogramStream::fill(std::span<const float> block) {
    const std::size_t count = std::min(block.size(), static_cast<std::size_t>(kWindow - filled_));
    float* to = samples_.data() + filled_;
    for (std::size_t i = 0; i < count; ++i) {
        // NaN and infinity would spread over the whole frame; samples beyond full scale are kept.
        to[i] = std::abs(block[i]) < 1e6F ? block[i] : 0.0F;
    }
    filled_ += static_cast<int>(count);
    return count;
}

const SpectrumFrame& SpectrogramStream::transform() {
    const std::span<float> input = fft_.input();
    for (std::size_t i = 0; i < kWindow; ++i) {
        input[i] = samples_[i] * window_[i];
    }
    const auto* values = fft_.transform().data() + kLowestBin;
    for (std::size_t k = 0; k < kBins; ++k) {
        const float re = values[k].real();
        const float im = values[k].imag();
        frame_[k] = log_magnitude(re * re + im * im + kSilencePower);
    }
    std::copy(samples_.begin() + kHop, samples_.end(), samples_.begin());
    filled_ = kWindow - kHop;
    return frame_;
}

} // namespace spindle::fingerprint
