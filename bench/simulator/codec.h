// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "simulator/condition.h"

namespace spindle::simulator {

/// Encodes and decodes in memory (libmp3lame or FFmpeg's own AAC encoder) and takes the delay of
/// both out again: sample n of the result is sample n of the input, within one sample.
/// @param interleaved 1 or 2 channels; @param rate one both codecs know (32000, 44100 or 48000).
/// @return as many samples as came in. Code::Unsupported when this FFmpeg lacks the encoder.
Result<std::vector<float>> encode_and_decode(std::span<const float> interleaved, int channels,
                                             SampleRate rate, Codec codec, int bits_per_second);

} // namespace spindle::simulator
