// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace spindle::material {

/// A whole recording in memory.
struct Music {
    std::vector<float> samples; ///< interleaved, in [-1, 1] as far as the file keeps to it
    int channels = 1;           ///< 1 or 2
    SampleRate rate;
};

/// Decodes the first audio stream of a file at the rate asked for. The library's own decoder gives
/// one channel; queries need two (joint-stereo codecs, one broken channel), and a benchmark that
/// cuts its queries with other code than it indexes with also notices a decoder that loses time.
/// More than two channels are mixed to two. @param limit longer files are cut there.
/// Errors name the file. Memory: 8 bytes per stereo sample, 21 MB a minute at 44.1 kHz.
Result<Music> read_music(const std::filesystem::path& path, SampleRate rate,
                         Seconds limit = Seconds(1800));

} // namespace spindle::material
