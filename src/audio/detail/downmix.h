// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "audio/detail/ffmpeg.h"

namespace spindle::audio::detail {

/// Appends the mean of all channels of `frame` to `mono`, full scale 1; NaN, infinity and values
/// beyond 16 (24 dB above full scale: garbage, not sound) become 0.
/// Downmixing before resampling halves the resampling; done in the codec's own sample format it is
/// the only pass over the wide data (2 % of decoding).
/// @return false for a sample format that is none of FFmpeg's 12.
bool append_mono(const AVFrame& frame, std::vector<float>& mono);

} // namespace spindle::audio::detail
