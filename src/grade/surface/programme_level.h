// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/units.h"
#include "grade/stereo.h"

namespace spindle::grade {

/// What a side's programme comes to. Levels are mean squares against full scale: a sine of
/// amplitude 1 has -3.01 dB, silence kSilenceDb.
struct ProgrammeFigures {
    double loud_db = 0;       ///< 95th percentile of RMS in 400 ms, both channels (power mean)
    double peak = 0;          ///< greatest |sample|, full scale 1
    double clipped_share = 0; ///< of all samples, both channels: see ProgrammeLevel
    Seconds length{0};        ///< of what was fed
};

/// The level of nothing; figures in dB never go below.
inline constexpr double kSilenceDb = -200;

/// How loud the programme is: what all other levels of the engine are set against. The percentile
/// is that of the whole recording: lead-in, gaps and run-out lie far below it and hardly move it.
/// A block of 400 ms (BS.1770's) ends where it ends, at any block size; what is left at the end
/// counts when it is half a block, or all there is. A constant offset (DC) is not heard and does
/// not count: the mean of all samples so far.
///
/// Clipping: a run of three or more equal samples at what is the channel's peak, or of samples at
/// full scale, as a limiter of the converter leaves them. A recording turned down after it clipped
/// counts, since its peak is its ceiling; a run is judged when a higher peak no longer can come, so
/// the runs are kept by level and the ceiling's alone count. Samples too coarse for it (8 bits, a
/// recording turned down far) are never called clipped.
///
/// Memory: a histogram of 0.1 dB; nothing grows. About 0.05 s for 20 min. Not thread-safe.
class ProgrammeLevel {
public:
    explicit ProgrammeLevel(SampleRate rate);
    void feed(StereoSpan block);
    ProgrammeFigures finish() const;

private:
    struct Channel {
        float previous = 2; ///< no sample has it
        float last = 0;     ///< sample
        float step = 2;     ///< between two samples, the least that is not 0: their coarseness
        float ceiling = 0;  ///< the greatest |sample| so far
        int run = 0;        ///< equal samples at the ceiling, up to now
        std::uint64_t clipped = 0;
    };
    void end_block();
    static void watch(Channel& channel, std::span<const float> samples);

    static constexpr std::size_t kBins = 2001; ///< 0 dB down to -200, and what is louder in the 0th
    int rate_;
    std::size_t block_;
    std::size_t in_block_ = 0;
    double energy_ = 0;
    std::array<double, 2> sum_{}, block_sum_{}; ///< of samples, for their offset; up to now
    double counted_ = 0;
    std::array<std::uint32_t, kBins> blocks_{};
    std::uint64_t samples_ = 0;
    std::array<Channel, 2> channels_;
};

} // namespace spindle::grade
