// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>

#include "audio/capture.h"

namespace spindle::audio {

/// How fast recorded sound is handed out.
enum class Pace {
    Full,     ///< as fast as it is taken; time is counted in frames
    RealTime, ///< as a device would: a block comes when its last frame has sounded
};

struct FileCaptureOptions {
    Pace pace = Pace::Full;
    std::optional<BootTime> start{}; ///< when the first frame sounds; nothing: when it is opened
    std::shared_ptr<const BootClock> clock{}; ///< null: the system's
    std::stop_token stop{};
};

/// Plays an audio file as if it came from a device: whatever the decoder reads (decoder.h), at its
/// own rate, with one channel or the first two of many. "-" is a media stream on stdin (raw
/// samples: raw_capture.h). Stretches that cannot be decoded are left out. Memory is bounded,
/// whatever the file declares.
/// @return errors as Decoder::open
Result<std::unique_ptr<Capture>> open_file_capture(const std::filesystem::path& path,
                                                   const FileCaptureOptions& options = {});

} // namespace spindle::audio
