// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/sketch.h"

#include <algorithm>
#include <cmath>

#include "dsp/decimator.h"
#include "dsp/real_fft.h"

namespace spindle::grade {
namespace {

constexpr int kLowestRate = 8000; // music has enough below 3 kHz to be aligned by
constexpr std::size_t kBlock = 8192;
constexpr int kFrameSize = 512;
constexpr double kLowestBand = 150;
constexpr double kHighestBand = 3200;
constexpr float kFloor = 1e-4F; // of a band's mean power: what is softer is noise on records
constexpr float kLargestChange = 3;

} // namespace

Result<Sketch> Sketch::of(const SoundSource& sound, Seconds longest,
                          const std::function<void(Seconds)>& heard, std::stop_token stop) {
    const int factor = std::max(1, sound.rate.hz / kLowestRate);
    Sketch sketch;
    sketch.rate_ = static_cast<double>(sound.rate.hz) / factor;
    const auto most = static_cast<std::size_t>(longest.count() * sketch.rate_);
    dsp::Decimator decimator(factor);
    std::vector<float> mono;
    std::vector<float> low; // not yet kept
    SPINDLE_TRY_VOID(sound.start());
    while (sketch.samples_.size() < most) {
        if (stop.stop_requested()) {
            return fail(Code::Cancelled, "comparing was stopped");
        }
        SPINDLE_TRY(const StereoSpan block, sound.next());
        if (block.size() == 0) {
            break;
        }
        mono.resize(block.size());
        for (std::size_t n = 0; n < block.size(); ++n) {
            mono[n] = 0.5F * (block.left[n] + block.right[n]);
        }
        decimator.feed(mono, low);
        std::size_t kept = 0;
        for (; kept + kBlock <= low.size(); kept += kBlock) {
            sketch.keep(std::span(low).subspan(kept, kBlock));
        }
        low.erase(low.begin(), low.begin() + static_cast<std::ptrdiff_t>(kept));
        if (heard && kept > 0) {
            heard(sketch.length());
        }
    }
    decimator.finish(low);
    for (std::size_t kept = 0; kept < low.size(); kept += kBlock) {
        sketch.keep(std::span(low).subspan(kept, std::min(kBlock, low.size() - kept)));
    }
    sketch.measure_bands();
    return sketch;
}

void Sketch::keep(std::span<const float> block) {
    float peak = 1e-12F;
    for (const float sample : block) {
        peak = std::max(peak, std::abs(sample));
    }
    peak_ = std::max(peak_, peak);
    const float scale = peak / 32767.0F;
    scales_.push_back(scale);
    for (const float sample : block) {
        samples_.push_back(static_cast<std::int16_t>(std::lround(sample / scale)));
    }
}

void Sketch::read(std::ptrdiff_t from, std::span<float> out) const {
    const auto size = static_cast<std::ptrdiff_t>(samples_.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::ptrdiff_t at = from + static_cast<std::ptrdiff_t>(i);
        const auto place = static_cast<std::size_t>(at);
        out[i] = at >= 0 && at < size
                     ? scales_[place / kBlock] * static_cast<float>(samples_[place])
                     : 0.0F;
    }
}

void Sketch::measure_bands() {
    auto fft = dsp::RealFft::create(kFrameSize);
    const auto count = static_cast<std::size_t>(length().count() * kFramesPerSecond);
    if (!fft || count < 3) {
        return;
    }
    std::array<std::size_t, kBands + 1> edges{};
    for (std::size_t b = 0; b <= kBands; ++b) {
        const double hertz =
            kLowestBand * std::pow(kHighestBand / kLowestBand, static_cast<double>(b) / kBands);
        edges[b] = static_cast<std::size_t>(std::lround(hertz / rate_ * kFrameSize));
    }
    std::array<float, kFrameSize> window{};
    for (std::size_t n = 0; n < window.size(); ++n) {
        const double angle = 2 * 3.14159265358979 * (static_cast<double>(n) + 0.5) / kFrameSize;
        window[n] = static_cast<float>(0.5 - 0.5 * std::cos(angle));
    }
    std::vector<Frame> power(count);
    std::array<double, kBands> mean{};
    for (std::size_t i = 0; i < count; ++i) {
        const double middle = static_cast<double>(i) / kFramesPerSecond * rate_;
        const std::span<float> in = fft->input();
        read(static_cast<std::ptrdiff_t>(std::lround(middle)) - kFrameSize / 2, in);
        for (std::size_t n = 0; n < window.size(); ++n) {
            in[n] *= window[n];
        }
        const auto bins = fft->transform();
        for (std::size_t b = 0; b < kBands; ++b) {
            float sum = 0;
            for (std::size_t k = edges[b]; k < std::max(edges[b] + 1, edges[b + 1]); ++k) {
                sum += std::norm(bins[k]);
            }
            power[i][b] = sum;
            mean[b] += static_cast<double>(sum) / static_cast<double>(count);
        }
    }
    for (Frame& frame : power) {
        for (std::size_t b = 0; b < kBands; ++b) {
            frame[b] = std::log(frame[b] + kFloor * static_cast<float>(mean[b]) + 1e-20F);
        }
    }
    frames_.resize(count);
    for (std::size_t i = 1; i + 1 < count; ++i) {
        for (std::size_t b = 0; b < kBands; ++b) {
            frames_[i][b] =
                std::clamp(power[i + 1][b] - power[i - 1][b], -kLargestChange, kLargestChange);
        }
    }
}

} // namespace spindle::grade
