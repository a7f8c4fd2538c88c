// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "audio/raw_capture.h"

namespace spindle::audio::detail {

/// Where the channels of interest are in a frame of raw samples.
struct RawLayout {
    RawEncoding encoding = RawEncoding::S16;
    int channels = 2; ///< in the bytes
    int first = 0;    ///< of the channels kept
    int kept = 2;

    std::size_t frame_bytes() const {
        return bytes_of(encoding) * static_cast<std::size_t>(channels);
    }
};

/// Appends the kept channels of whole frames to `out`, interleaved, full scale 1. Floats that are
/// no numbers or beyond 16 become 0.
void append_samples(std::span<const std::byte> raw, const RawLayout& layout,
                    std::vector<float>& out);

} // namespace spindle::audio::detail
