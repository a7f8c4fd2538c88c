// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "fingerprint/landmark.h"

namespace spindle::turntable {

/// What is remembered of music that was heard, so that it can be known the next time: no sound, but
/// its landmarks and how loud it was. Time 0 is where it begins.
struct HeardSide {
    Seconds length{0};
    std::vector<fingerprint::Landmark> landmarks; ///< Density::Reference, in order of time
    std::vector<std::uint8_t> levels;             ///< of each FrameLevel::kFrame, as level_byte()
    double groove_dbfs = -127.5; ///< where there is no music, about; this: not known
};

/// Half a decibel a step, from full scale down.
std::uint8_t level_byte(double dbfs);
double level_of(std::uint8_t byte);

/// As bytes to keep: a version, the length in milliseconds, levels, then the landmarks
/// (fingerprint/landmark_bytes.h). Some 80 kB for a side.
std::vector<std::uint8_t> to_bytes(const HeardSide& side);

/// The way back; Code::BadInput for what is none, or of a version this program does not know.
Result<HeardSide> heard_side_of_bytes(std::span<const std::uint8_t> bytes);

} // namespace spindle::turntable
