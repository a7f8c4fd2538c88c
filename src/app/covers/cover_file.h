// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace spindle::app {

/// What a cover may be before it is looked at, bytes: scans of sleeves have 1 to 10 MB.
inline constexpr std::uint64_t kLargestCover = 16U << 20U;
/// The longest side of what is shown: sharp on a phone and across a room, some 60 KB.
inline constexpr int kCoverSide = 640;

/// Makes a small upright JPEG of what should be a picture. It comes from tags, folders and other
/// people's servers, and is decoded within limits (25 megapixels, 12 bytes each for a moment);
/// nothing of the original's bytes goes on. One at a time, whoever calls.
/// @param name for messages. Errors: image::decode()'s.
Result<std::string> cover_jpeg(std::string_view bytes, std::string_view name);

} // namespace spindle::app
