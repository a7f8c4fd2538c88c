// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace spindle::audio {

/// The picture in a file's tags, as it lies there: the front cover where one is called so, else the
/// first; empty where there is none. MP3, FLAC, Ogg, MP4, ASF, APE and whatever else FFmpeg finds
/// pictures in. It is not looked at: what should be a JPEG may be anything.
/// @param largest a larger one counts as none, bytes
/// Errors: as read_tags(). Cost: the head of the file with its tags; sound is not decoded.
Result<std::string> embedded_picture(const std::filesystem::path& path, std::uint64_t largest);

} // namespace spindle::audio
