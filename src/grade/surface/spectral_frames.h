// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "dsp/real_fft.h"
#include "grade/stereo.h"

namespace spindle::grade {

/// One short spectrum of mid, (L+R)/2, and side, (L-R)/2.
struct SpectralFrame {
    std::size_t index = 0;      ///< it is of samples index * hop ... index * hop + 2 * hop
    std::span<const float> mid; ///< power per bin; the sum over the bins is the mean square
    std::span<const float> side;
    /// Greatest |sample| of both channels in the frame's middle half: 0 is digital silence.
    float peak = 0;
};

/// The one spectral front end of the surface meters: Hann windows of 32 to 64 ms (2048 samples at
/// 44.1 and 48 kHz), half overlapping. 22 us per frame on one core, 0.6 s for 20 min.
/// Frames do not depend on the size of the blocks; the last samples that fill no frame are left
/// out.
class SpectralFrames {
public:
    /// @return Code::Unsupported outside 8 to 192 kHz.
    static Result<SpectralFrames> create(SampleRate rate);

    using Sink = std::function<void(const SpectralFrame&)>;
    void feed(StereoSpan block, const Sink& sink);

    SampleRate rate() const { return rate_; }
    std::size_t hop() const { return hop_; }
    std::size_t bins() const { return hop_ + 1; }
    double bin_hz() const { return rate_.hz / (2.0 * static_cast<double>(hop_)); }
    Seconds hop_time() const { return Seconds(static_cast<double>(hop_) / rate_.hz); }

private:
    SpectralFrames(SampleRate rate, std::size_t hop, dsp::RealFft fft);
    void transform(std::span<float> power, bool side);
    void emit(const Sink& sink);

    SampleRate rate_;
    std::size_t hop_;
    dsp::RealFft fft_;
    std::vector<float> window_;
    std::vector<float> left_, right_; ///< the 2 * hop samples of the frame being filled
    std::vector<float> mid_, side_;
    std::size_t filled_ = 0;
    std::size_t index_ = 0;
};

} // namespace spindle::grade
