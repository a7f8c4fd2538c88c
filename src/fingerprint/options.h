// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace spindle::fingerprint {

/// Geometry of the spectrogram. Part of the index format: changing a number changes
/// kParameterVersion (segment_format.h).
inline constexpr int kWindow = 1024; ///< samples, 128 ms: resolves 8 Hz, blurs little of the attack
inline constexpr int kHop = 128;     ///< samples, 16 ms
inline constexpr int kLowestBin = 14;   ///< 109 Hz: below is rumble and the room
inline constexpr int kHighestBin = 499; ///< 3.9 kHz: above is hiss, and an 8 kHz stream ends
inline constexpr int kBins = kHighestBin - kLowestBin + 1;
inline constexpr int kTicksPerFrame = 4; ///< landmark.h: a tick is 4 ms

/// How many landmarks are kept: the reference is sparse so that the index is small, the query dense
/// so that those of the reference are among its survivors of noise.
enum class Density { Reference, Query };

/// Which maxima of the spectrogram become landmarks. Defaults measured on bench/ (dev set).
struct ExtractorOptions {
    int peak_frames = 3;      ///< a peak is the highest within +- this many frames (48 ms)
    int peak_bins = 2;        ///< ... and +- this many bins (16 Hz)
    int mean_frames = 36;     ///< contrast is measured against the mean of +- this many frames
    int mean_bins = 24;       ///< ... and +- this many bins
    int least_contrast = 256; ///< in 1/256 nat; weaker maxima are noise
    int rank_frames = 36;     ///< rivals are counted within +- this many frames
    int quota = 6;            ///< stronger rivals in the same band, from which on a peak is dropped
    int bands = 5;            ///< equal on the log-frequency axis: loud bass does not take all

    static ExtractorOptions of(Density density);
};

} // namespace spindle::fingerprint
