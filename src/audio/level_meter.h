// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace spindle::audio {

/// What is shown for no sound at all: below the last bit of 24 (-144.5 dBFS).
inline constexpr double kSilenceDbfs = -150;

/// The level of one channel over the time that was measured.
struct ChannelLevel {
    double peak_dbfs = kSilenceDbfs; ///< largest sample; 0 = full scale
    double rms_dbfs = kSilenceDbfs;  ///< without DC; a full-scale sine is -3.01
    double dc = 0;                   ///< mean, as a part of full scale, [-1, 1]
    std::uint64_t clipped = 0;       ///< samples in runs of three and more at full scale
};

/// 20 log10 of an amplitude, not below kSilenceDbfs.
double dbfs(double amplitude);

/// Measures levels while the sound goes by. Not thread-safe; nothing is allocated after
/// construction; about 2 ns a sample.
class LevelMeter {
public:
    /// @param channels 1 or more
    explicit LevelMeter(int channels);

    /// @param interleaved whole frames; blocks of any length give the same answer
    void add(std::span<const float> interleaved);

    std::uint64_t frames() const { return frames_; }

    /// One for each channel, of all that was added since the beginning or reset().
    std::vector<ChannelLevel> levels() const;

    void reset();

private:
    struct Sums {
        double sum = 0;
        double squares = 0;
        float peak = 0;
        std::uint64_t clipped = 0;
        std::uint64_t run = 0; // samples at full scale just before now
    };
    std::vector<Sums> sums_;
    std::uint64_t frames_ = 0;
};

} // namespace spindle::audio
