// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "fingerprint/landmark.h"

namespace spindle::turntable {

/// A stretch without music, on the time of what it is part of.
struct Pause {
    Seconds from{0};
    Seconds to{0};
    Seconds length() const { return to - from; }
    friend bool operator==(const Pause&, const Pause&) = default;
};

/// What is remembered of music that was heard, so that it can be known the next time: no sound, but
/// its landmarks and where it paused. Time 0 is where it begins.
struct HeardSide {
    Seconds length{0};
    std::vector<fingerprint::Landmark> landmarks; ///< Density::Reference, in order of time
    std::vector<Pause> pauses; ///< of a second and more, between music, in order of time
};

/// As bytes to keep: a version, length and pauses in milliseconds, then the landmarks
/// (fingerprint/landmark_bytes.h). Some 70 kB for a side.
std::vector<std::uint8_t> to_bytes(const HeardSide& side);

/// The way back; Code::BadInput for what is none, or of a version this program does not know.
Result<HeardSide> heard_side_of_bytes(std::span<const std::uint8_t> bytes);

} // namespace spindle::turntable
