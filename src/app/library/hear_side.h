// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "audio/capture.h"
#include "base/result.h"
#include "turntable/heard_side.h"
#include "turntable/side_recorder.h"

namespace spindle::app {

struct SideProgress {
    Seconds music{0}; ///< heard so far
    double level_dbfs = -120;
};

struct SideSinks {
    std::function<void(const SideProgress&)> progress; ///< about once a second; may be empty
    std::function<void(const std::string&)> warn;      ///< the device is gone, sound was lost
};

/// Plays one side to the end: until the source ends, the needle is lifted after music, or it has
/// run out. Stopped by the owner (Code::Cancelled of the source) after music counts as the end,
/// too: that is how one stops a turntable without an arm lift.
/// @return Code::NotFound when there was no music; the source's own errors.
Result<turntable::HeardSide> hear_side(audio::Capture& capture,
                                       const turntable::RecorderOptions& options,
                                       const SideSinks& sinks);

} // namespace spindle::app
