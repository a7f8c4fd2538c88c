// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <complex>
#include <vector>

#include "dsp/real_fft.h"
#include "grade/reference/stereo_buffer.h"

namespace spindle::grade {

/// What a record and its player do to the music, as one linear 2x2 system: equalisation, RIAA
/// error, crosstalk, balance, gain. Estimated from aligned sound by least squares in the frequency
/// domain, H = Sxx^-1 Sxy, with impulse responses of +-4096 samples; learns with every stretch.
/// Memory: 2 MB. Not thread-safe.
class Transfer {
public:
    Transfer();

    /// Learns from aligned stretches of equal length. A mono copy, whose channels are one, is no
    /// difficulty. 0.15 s a minute.
    void learn(StereoSpan copy, StereoSpan recording);
    /// Forgets a part of what it learnt: 0 keeps nothing.
    void fade(double kept);
    /// Makes the responses of what was learnt; needed before apply().
    void solve();

    /// What of the copy is heard through the record; the first and last kReach samples see silence
    /// beyond the ends. Result as long as `copy`.
    static constexpr std::size_t kReach = 4096;
    void apply(StereoSpan copy, StereoBuffer& out);

    /// Part of the recording's power that the copy explains, by frequency: 0 to 1.
    std::vector<double> coherence() const;
    /// Power of what is heard over power of the copy, dB.
    double gain_db() const;
    double bin_hertz(double rate) const { return rate / fft_.size(); }

private:
    using Spectrum = std::vector<std::complex<float>>;

    dsp::RealFft fft_;
    std::vector<float> window_;
    // Sums over frames, by bin. xx: power of left, right, and left times conjugate right.
    std::vector<double> ll_, rr_;
    std::vector<std::complex<double>> lr_;
    std::array<std::array<std::vector<std::complex<double>>, 2>, 2> xy_; ///< [out][in]
    std::array<std::vector<double>, 2> yy_;
    std::array<std::array<Spectrum, 2>, 2> response_; ///< [out][in]
};

} // namespace spindle::grade
