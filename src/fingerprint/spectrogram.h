// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <complex>
#include <cstdint>
#include <span>
#include <vector>

#include "dsp/real_fft.h"
#include "fingerprint/options.h"

namespace spindle::fingerprint {

/// One column of the spectrogram: log magnitude per bin in 1/256 nat, bins kLowestBin..kHighestBin.
using SpectrumFrame = std::array<std::int16_t, kBins>;

/// Hann-windowed short-time spectrum of a stream, one frame each kHop samples. Frame n is centred
/// on sample n * kHop + kWindow / 2. Streaming: results do not depend on block size.
class SpectrogramStream {
public:
    SpectrogramStream();

    /// Feeds samples and calls `sink(const SpectrumFrame&)` for every frame completed.
    template <typename Sink>
    void feed(std::span<const float> block, Sink&& sink) {
        while (!block.empty()) {
            block = block.subspan(fill(block));
            if (filled_ == kWindow) {
                sink(transform());
            }
        }
    }

private:
    std::size_t fill(std::span<const float> block);
    const SpectrumFrame& transform();

    dsp::RealFft fft_;
    std::vector<float> window_;
    std::vector<float> samples_;
    int filled_ = 0;
    SpectrumFrame frame_{};
};

} // namespace spindle::fingerprint
