// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <memory>
#include <span>

#include "base/result.h"

namespace spindle::dsp {

/// Discrete Fourier transform of real samples, X[k] = sum x[n] exp(-2 pi i k n / size), not scaled:
/// a full-scale sine centred on a bin has magnitude size/2 there.
/// Not thread-safe (it owns its buffers); one instance per thread. O(size log size), and nothing is
/// allocated after create(): about 1 us for 1024 samples, 8 us for 4096 with AVX2 (FFmpeg's av_tx).
class RealFft {
public:
    /// @param size samples per transform, 8 to 2^20, a multiple of 4 with no prime factor above 7.
    /// @return Code::Unsupported for other sizes.
    static Result<RealFft> create(int size);
    ~RealFft();
    RealFft(RealFft&&) noexcept;
    RealFft& operator=(RealFft&&) noexcept;

    int size() const;

    /// size()/2 + 1: from 0 Hz to half the sample rate, both included.
    int bins() const;

    /// @param in exactly size() samples; not changed. @param out exactly bins() values.
    /// `in` and `out` need no alignment and must not overlap.
    void forward(std::span<const float> in, std::span<std::complex<float>> out);

    /// The transform's own aligned input, for callers that write there anyway (a window times the
    /// samples) and so save a copy; its content is lost in transform().
    std::span<float> input();

    /// Transforms input(); the answer has bins() values and is valid until the next call.
    std::span<const std::complex<float>> transform();

private:
    struct State;
    explicit RealFft(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::dsp
