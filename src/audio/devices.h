// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace spindle::audio {

/// Something that can be captured from.
struct CaptureDevice {
    std::string name;        ///< for open_alsa_capture: "hw:CARD=CODEC,DEV=0", "pipewire"
    std::string card;        ///< the card's id, "CODEC"; empty for what is no card
    std::string description; ///< "USB Audio CODEC", for people
};

/// Cards that record first, named so that renumbering does no harm; then what the sound system's
/// configuration offers besides (sound servers, devices of the owner's own). Nothing is opened for
/// recording, so a busy device is listed as well.
/// @return Code::NoAccess when there are cards and this user may not look at them; an empty list
///         when there is nothing.
Result<std::vector<CaptureDevice>> capture_devices();

} // namespace spindle::audio
