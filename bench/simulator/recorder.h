// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "simulator/condition.h"
#include "simulator/stereo_sound.h"

namespace spindle::simulator {

enum class Mixdown : std::uint8_t { Stereo, Mean, Left, Right };

/// What the owner did when he recorded the record: nothing of it is the record's fault.
struct Recorder {
    double programme_dbfs = -20;       ///< where he set the level
    std::optional<double> top_hertz;   ///< nothing above: 24 dB per octave
    std::optional<double> limit_db;    ///< what is so far over the programme is pressed 4 : 1
    Mixdown mixdown = Mixdown::Stereo; ///< to both channels
    double noise_dbfs = -80;           ///< of the input
    int bits = 16;
    Codec codec = Codec::None;
    int bits_per_second = 128000;
};

/// About half of the recordings are plain stereo; a quarter goes through a codec.
Recorder draw_recorder(std::uint64_t seed);

/// @param level the programme's in this sound. What is over full scale is cut off. Codecs need
/// 32000, 44100 or 48000 samples a second.
Result<void> record(const Recorder& recorder, StereoSound& sound, double level, std::uint64_t seed);

} // namespace spindle::simulator
