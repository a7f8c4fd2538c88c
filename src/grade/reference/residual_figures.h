// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <vector>

namespace spindle::grade {

/// One third of an octave of the residual.
struct BandLevel {
    double hertz = 0; ///< its middle
    double dbfs = 0;  ///< mean power of the two channels there, 25th percentile of short frames
};

/// What is left of a recording when the copy is taken away: the record's own noise, and how much
/// of the music it distorts. Levels are re full scale, mean power of the two channels (a sine of
/// full scale in both is -3 dB).
struct ResidualFigures {
    /// Surface noise, A-weighted, without clicks: what is left under music of no level at all, by
    /// a fit of the 25th percentile of 46-ms frames over the music's level.
    double noise_dba = -200;
    /// The 25th percentile of all frames as it is: music that was not taken away included.
    double plain_noise_dba = -200;
    std::vector<BandLevel> spectrum; ///< 25 Hz up to the band the copy has
    /// Loudness of the music itself, 95th percentile of its RMS in 400 ms, to relate the others to.
    double programme_dbfs = -200;

    /// Distortion between 3 and 12 kHz against the music there, both measured on the recording:
    /// the part of the residual that x^2 and x|x| of the copy's music explain (wear, tracing,
    /// tracking). Never above what is left there. -200 where nothing was measured.
    double distortion_db = -200;
    /// All that grows with the music between 3 and 12 kHz and is not it (distortion of any form,
    /// errors of the alignment, another mastering), against the music there.
    double incoherence_db = -200;
    /// distortion_db of frames by the music's level re programme: loud (above -6 dB), medium,
    /// soft (below -15 dB). Wear is worst where it is loud.
    std::array<double, 3> distortion_by_level_db{-200, -200, -200};
};

} // namespace spindle::grade
