// SPDX-License-Identifier: Apache-2.0
#include "grade/surface/low_band.h"

#include <algorithm>

namespace spindle::grade {
namespace {

constexpr int kLowestRate = 10000; // unless the recording has less
constexpr double kLowestDeepRate = 2500;
constexpr std::size_t kBlock = 16384; // of the recording at once: bounds the memory

// Flat to a third of the new rate, and what folds lies above: hum, partials and the bands of
// repeats lie below.
constexpr double kPassBand = 0.66;

int factor_of(SampleRate rate) {
    return std::max(1, rate.hz / kLowestRate);
}

int deep_factor_of(double rate_hz) {
    return static_cast<int>(std::max(1.0, rate_hz / kLowestDeepRate));
}

} // namespace

LowBand::LowBand(SampleRate rate)
    : rate_hz_(static_cast<double>(rate.hz) / factor_of(rate)),
      deep_rate_hz_(rate_hz_ / deep_factor_of(rate_hz_)), mid_(factor_of(rate), kPassBand),
      side_(factor_of(rate), kPassBand), deep_mid_(deep_factor_of(rate_hz_), kPassBand),
      deep_side_(deep_factor_of(rate_hz_), kPassBand) {}

void LowBand::feed(StereoSpan block, const Sink& sink) {
    for (std::size_t done = 0; done < block.size();) {
        const std::size_t count = std::min(block.size() - done, kBlock);
        const StereoSpan part = block.subspan(done, count);
        done += count;
        for (auto* out : {&out_mid_, &out_side_, &out_deep_mid_, &out_deep_side_}) {
            out->clear();
        }
        in_.resize(count);
        std::ranges::transform(part.left, part.right, in_.begin(),
                               [](float l, float r) { return (l + r) / 2; });
        mid_.feed(in_, out_mid_);
        std::ranges::transform(part.left, part.right, in_.begin(),
                               [](float l, float r) { return (l - r) / 2; });
        side_.feed(in_, out_side_);
        deep_mid_.feed(out_mid_, out_deep_mid_);
        deep_side_.feed(out_side_, out_deep_side_);
        sink({out_mid_, out_deep_mid_, out_deep_side_});
    }
}

} // namespace spindle::grade
