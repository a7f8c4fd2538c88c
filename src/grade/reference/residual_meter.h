// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/units.h"
#include "dsp/real_fft.h"
#include "grade/reference/distortion_fit.h"
#include "grade/reference/level_split.h"
#include "grade/reference/residual_figures.h"
#include "grade/reference/subtraction.h"

namespace spindle::grade {

/// Measures what is left when the copy is taken away, in frames of 46 ms. Levels go into histograms
/// by the level of the music, so that noise, which is always there, can be told from what grows
/// with the music. Memory: 1 MB, nothing grows. 0.2 s a minute.
class ResidualMeter {
public:
    explicit ResidualMeter(SampleRate rate);

    /// Sections in order.
    void feed(const Subtracted& section);

    struct Findings {
        ResidualFigures figures;
        double suppression_db = 0;
        double body_suppression_db = 0;
    };
    /// @param band_hertz above it the copy has nothing: not measured in the spectrum.
    Findings finish(double band_hertz) const;

private:
    static constexpr std::size_t kThirds = 30; ///< of an octave, 25 Hz to 20 kHz
    static constexpr std::size_t kSteps = 880; ///< 0.25 dB each, from -200 dB
    using Histogram = std::array<std::uint32_t, kSteps>;

    void measure_frame(const Subtracted& section, std::size_t from);
    void measure_distortion(const Subtracted& section);
    void measure_loudness(StereoSpan recording);
    /// Powers by bin of a windowed frame, added to `powers`.
    void add_powers(std::span<const float> samples, std::vector<float>& powers);

    double rate_;
    std::size_t frame_;
    dsp::RealFft fft_;
    std::vector<float> window_;
    float window_power_ = 0;
    std::vector<float> weights_; ///< A-weighting of power, by bin
    std::vector<float> residual_powers_, music_powers_;
    LevelSplit weighted_, body_, treble_;
    std::vector<Histogram> thirds_;
    Histogram loudness_{}; ///< of 400 ms of the recording
    double block_energy_ = 0;
    std::size_t in_block_ = 0;
    DistortionFit distortion_;
};

} // namespace spindle::grade
