// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "dsp/real_fft.h"
#include "grade/reference/stereo_buffer.h"

namespace spindle::grade {

/// Fits the residual of each channel, from 3 to 12 kHz, with what worn walls make of the music:
/// x^2 and x|x| of what is above 2 kHz (velocity and curvature are high there), beside the music
/// itself, of which filters may have left a little. Fits are made section by section (wear grows
/// towards the middle of the record) and for every 3 dB of the music's level.
class DistortionFit {
public:
    explicit DistortionFit(double rate);

    /// One section; of one length. Clicks are cut at 5 deviations of the residual.
    void add(StereoSpan music, StereoSpan residual);

    /// Energy explained over energy of the music in the band, dB, of frames whose music is between
    /// these levels (mean power of the channel, dBFS). -200 where there was none.
    double level_db(double from_dbfs = -200, double to_dbfs = 200) const;

private:
    static constexpr std::size_t kLevels = 40; ///< 3 dB each, from -110 dBFS
    struct Sums {
        std::array<std::array<double, 3>, 3> products{}; ///< even, odd, music
        std::array<double, 3> with_residual{};
        double residual = 0, music = 0, values = 0;
        double explained() const;
    };
    void add_channel(std::span<const float> music, std::span<const float> residual);

    double rate_;
    dsp::RealFft fft_;
    std::vector<float> window_;
    std::size_t low_ = 0, high_ = 0; ///< bins
    std::vector<float> treble_;
    std::array<double, kLevels> explained_{}, music_{};
};

} // namespace spindle::grade
