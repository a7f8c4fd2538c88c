// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "audio/capture.h"
#include "base/wall_time.h"
#include "cli/command.h"

namespace spindle::cli {

/// Where sound is to come from: a sound card, a file, or raw samples.
struct CaptureChoice {
    std::string device; ///< ALSA; empty: "default"
    std::string input;  ///< a file instead of a device; "-" for stdin
    std::string raw;    ///< what the samples of `input` are, when it is raw
    int rate = 0;
    int channels = 0;
    std::string play_to;
    std::string start; ///< of a file: when it was recorded, UTC
    bool wait = false; ///< for a device that is not there yet

    bool is_file() const { return !input.empty() || !raw.empty(); }
};

/// Tells the options of a choice that every listening command has.
void declare(Arguments& arguments, CaptureChoice& choice);

/// What is wrong with the choice as a command line; nothing when it may be opened.
std::optional<std::string> objection_to(const CaptureChoice& choice);

/// @param now for --start. Errors as the sources'.
Result<std::unique_ptr<audio::Capture>>
open_capture(const CaptureChoice& choice, const Context& context, const ClockReading& now);

} // namespace spindle::cli
