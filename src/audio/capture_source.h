// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "audio/capture.h"
#include "audio/file_capture.h"
#include "audio/raw_capture.h"

namespace spindle::audio {

/// What to capture from, as an owner names it on a command line.
struct CaptureSource {
    /// "-": raw samples on stdin; "raw:PATH": in a file or a named pipe; "file:PATH": an audio
    /// file; all else is an ALSA device.
    std::string name;
    RawFormat raw{};                           ///< for raw samples
    Pace pace = Pace::Full;                    ///< for audio files
    SampleRate rate{0};                        ///< of a device; 0: its own
    WhenAbsent when_absent = WhenAbsent::Fail; ///< for devices
    std::string play_to{};                     ///< for devices: where to hear it; empty: nowhere
    std::shared_ptr<const BootClock> clock{};  ///< null: the system's
    std::stop_token stop{};
};

/// @return errors as open_alsa_capture, open_file_capture or open_raw_capture
Result<std::unique_ptr<Capture>> open_capture(const CaptureSource& source);

} // namespace spindle::audio
