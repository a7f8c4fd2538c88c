// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace spindle::audio {

/// One control of a card's mixer that concerns recording.
struct MixerControl {
    std::string name;                   ///< "Line", "Mic", "Capture", "Input Source"
    std::optional<bool> on{};           ///< its capture switch; nothing: it has none
    std::optional<double> level{};      ///< its capture volume, 0 to 1 of the range; likewise
    std::vector<std::string> choices{}; ///< of a selector
    std::string chosen{};
};

/// The recording side of a mixer.
/// @param mixer "hw:CARD=CODEC"; see mixer_of()
/// @return Code::NotFound when there is none of that name (a sound server's device has none)
Result<std::vector<MixerControl>> capture_mixer(const std::string& mixer);

/// The mixer that belongs to a device: "hw:CARD=CODEC" of "plughw:CARD=CODEC,DEV=0", "hw:1" of
/// "hw:1,0"; other names are their own.
std::string mixer_of(const std::string& device);

/// Why little or nothing may be heard through such a mixer: everything switched off, a level at 0,
/// a microphone where there is a line input. A sentence each, with the command that mends it.
std::vector<std::string> mixer_faults(const std::string& mixer,
                                      const std::vector<MixerControl>& controls);

} // namespace spindle::audio
