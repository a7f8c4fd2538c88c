// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "dsp/real_fft.h"
#include "grade/surface/low_band.h"

namespace spindle::grade {

/// Power per bin of mid and side, to 0.9 kHz; the sum over bins is the mean square.
struct DeepSpectrum {
    std::span<const float> mid, side;
};

/// Spectra of 2.4 to 3.3 s (8192 samples of the deep band, Hann, half overlapping), whose bins are
/// 0.3 to 0.4 Hz apart: fine enough to tell mains hum from a bass.
class DeepSpectra {
public:
    static Result<DeepSpectra> create(double deep_rate_hz);

    using Sink = std::function<void(const DeepSpectrum&)>;
    void feed(const LowBlock& block, const Sink& sink);

    double bin_hz() const;

private:
    DeepSpectra(double rate_hz, dsp::RealFft fft);
    void transform(std::span<const float> sound, std::span<float> power);

    double rate_hz_;
    dsp::RealFft fft_;
    std::vector<float> window_;
    std::vector<float> mid_, side_; ///< waiting
    std::vector<float> mid_power_, side_power_;
};

} // namespace spindle::grade
