// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "audio/detail/alsa_pcm.h"

namespace spindle::audio::detail {

/// Chooses access, sample format, channels, rate and buffer of an open device, as near to the wish
/// as it allows and without libasound resampling if it can be helped.
Result<PcmFormat> set_up(snd_pcm_t* pcm, const std::string& device, const PcmWish& wish);

} // namespace spindle::audio::detail
