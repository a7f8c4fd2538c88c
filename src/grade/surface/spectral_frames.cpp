// SPDX-License-Identifier: Apache-2.0
#include "grade/surface/spectral_frames.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <utility>

namespace spindle::grade {
namespace {

constexpr int kLowestRate = 8000;
constexpr int kHighestRate = 192000;
constexpr double kLongestFrame = 0.064; // seconds; the shortest is half of it

} // namespace

Result<SpectralFrames> SpectralFrames::create(SampleRate rate) {
    if (rate.hz < kLowestRate || rate.hz > kHighestRate) {
        return fail(Code::Unsupported,
                    "a recording with {} samples a second cannot be measured: use one with {} to "
                    "{}",
                    rate.hz, kLowestRate, kHighestRate);
    }
    int size = 64;
    while (2 * size <= rate.hz * kLongestFrame) {
        size *= 2;
    }
    SPINDLE_TRY(auto fft, dsp::RealFft::create(size));
    return SpectralFrames(rate, static_cast<std::size_t>(size / 2), std::move(fft));
}

SpectralFrames::SpectralFrames(SampleRate rate, std::size_t hop, dsp::RealFft fft)
    : rate_(rate), hop_(hop), fft_(std::move(fft)), window_(2 * hop), left_(2 * hop),
      right_(2 * hop), mid_(hop + 1), side_(hop + 1) {
    // The factor makes the sum of the one-sided powers the mean square: by Parseval's theorem the
    // sum of |X|^2 over all bins is size * sum of (window * x)^2.
    const double size = static_cast<double>(window_.size());
    const double energy = 3.0 / 8 * size;
    const double scale = std::sqrt(2 / (size * energy)) / 2; // 2: mid and side are halved
    for (std::size_t i = 0; i < window_.size(); ++i) {
        const double phase = 2 * std::numbers::pi * static_cast<double>(i) / size;
        window_[i] = static_cast<float>(scale * (0.5 - 0.5 * std::cos(phase)));
    }
}

void SpectralFrames::transform(std::span<float> power, bool side) {
    const std::span<float> in = fft_.input();
    const float sign = side ? -1.0F : 1.0F;
    for (std::size_t i = 0; i < in.size(); ++i) {
        in[i] = window_[i] * (left_[i] + sign * right_[i]);
    }
    const std::span<const std::complex<float>> out = fft_.transform();
    for (std::size_t k = 0; k < out.size(); ++k) {
        power[k] = out[k].real() * out[k].real() + out[k].imag() * out[k].imag();
    }
    power.front() /= 2; // 0 Hz and half the rate occur once in a two-sided spectrum
    power.back() /= 2;
}

void SpectralFrames::emit(const Sink& sink) {
    float peak = 0;
    for (std::size_t i = hop_ / 2; i < hop_ + hop_ / 2; ++i) {
        peak = std::max({peak, std::abs(left_[i]), std::abs(right_[i])});
    }
    transform(mid_, false);
    transform(side_, true);
    sink(SpectralFrame{index_++, mid_, side_, peak});
}

void SpectralFrames::feed(StereoSpan block, const Sink& sink) {
    for (std::size_t done = 0; done < block.size();) {
        const std::size_t count = std::min(block.size() - done, left_.size() - filled_);
        std::copy_n(block.left.data() + done, count, left_.data() + filled_);
        std::copy_n(block.right.data() + done, count, right_.data() + filled_);
        done += count;
        filled_ += count;
        if (filled_ == left_.size()) {
            emit(sink);
            std::copy_n(left_.data() + hop_, hop_, left_.data());
            std::copy_n(right_.data() + hop_, hop_, right_.data());
            filled_ = hop_;
        }
    }
}

} // namespace spindle::grade
