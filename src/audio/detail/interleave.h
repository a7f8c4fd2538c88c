// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "audio/detail/ffmpeg.h"

namespace spindle::audio::detail {

/// Appends the first `channels` (1 or 2) of `frame` to `out`, interleaved, full scale 1; a frame
/// with fewer repeats its last one. NaN, infinity and values beyond 16 become 0.
/// @return false for a sample format that is none of FFmpeg's 12.
bool append_interleaved(const AVFrame& frame, int channels, std::vector<float>& out);

} // namespace spindle::audio::detail
