// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "grade/reference/sound_source.h"

namespace spindle::grade {

/// What is kept of a recording to align it by: one channel at 8 to 11 kHz, in 16 bits scaled block
/// by block, and the levels of bands 50 times a second. 20 kB per second.
class Sketch {
public:
    static constexpr std::size_t kBands = 12; ///< from 150 to 3200 Hz, evenly over the logarithm
    static constexpr double kFramesPerSecond = 50;
    /// Change of each band's level (natural logarithm of power) over two frames; frame i is about
    /// the moment i / kFramesPerSecond.
    using Frame = std::array<float, kBands>;

    /// Hears the source once. @param heard called now and then with what was heard so far.
    /// Errors of the source; Code::Cancelled.
    static Result<Sketch> of(const SoundSource& sound, Seconds longest,
                             const std::function<void(Seconds)>& heard, std::stop_token stop);

    double rate() const { return rate_; } ///< of the samples, Hz
    std::size_t size() const { return samples_.size(); }
    Seconds length() const { return Seconds(static_cast<double>(samples_.size()) / rate_); }
    std::span<const Frame> frames() const { return frames_; }
    bool is_silent() const { return peak_ < 1e-6F; } ///< below -120 dBFS

    /// Samples from `from` on; what is outside the recording is 0.
    void read(std::ptrdiff_t from, std::span<float> out) const;

private:
    void keep(std::span<const float> block);
    void measure_bands();

    double rate_ = 0;
    float peak_ = 0;
    std::vector<std::int16_t> samples_;
    std::vector<float> scales_; ///< of each block of kBlock
    std::vector<Frame> frames_;
};

} // namespace spindle::grade
