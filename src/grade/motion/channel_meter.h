// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/units.h"
#include "grade/stereo.h"

namespace spindle::grade {

struct ChannelFigures {
    /// Correlation of both channels over the whole: 1 the same, 0 nothing in common, -1 one of them
    /// is wired the wrong way round.
    double correlation = 0;
    /// Side against mid, dB, in the typical moment of the programme; below -60: a mono recording,
    /// and -200 when both channels hold the same samples. A mono record played in stereo has -15
    /// to -35: its side is noise and distortion.
    double side_below_mid_db = -200;
    /// Left over right, dB, in moments in which both channels play the same; nothing when there are
    /// fewer than 5 s of such.
    std::optional<double> balance_db;
    Seconds alike{0};              ///< so much of them
    bool one_channel_dead = false; ///< 50 dB below the other, throughout
};

/// Whether both channels are there, and alike. Blocks of 100 ms; histograms, so that memory does
/// not grow. 0.1 s for 20 min.
class ChannelMeter {
public:
    explicit ChannelMeter(SampleRate rate);
    void feed(StereoSpan block);
    ChannelFigures finish() const;

private:
    void end_block();
    static constexpr std::size_t kBins = 401; ///< -20 to 20 dB, and -100 to 100 dB

    int rate_;
    std::size_t block_;
    std::size_t in_block_ = 0;
    double left_ = 0, right_ = 0, both_ = 0;             ///< of the block
    double all_left_ = 0, all_right_ = 0, all_both_ = 0; ///< of the recording
    double all_differences_ = 0;                         ///< squared
    std::array<double, kBins> balances_{};               ///< power, per 0.1 dB
    std::array<double, kBins> sides_{};                  ///< power, per 0.5 dB
    std::uint64_t alike_blocks_ = 0;
};

} // namespace spindle::grade
