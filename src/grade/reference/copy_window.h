// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "base/result.h"
#include "grade/reference/sound_source.h"
#include "grade/reference/stereo_buffer.h"

namespace spindle::grade {

/// A moving window onto a source, by sample numbers. Goes forward cheaply, and back by up to 4096
/// samples; further back means hearing the source from its beginning again.
class CopyWindow {
public:
    explicit CopyWindow(SoundSource sound) : sound_(std::move(sound)) {}

    /// Makes samples [from, to) available, and no more; what is before the beginning or behind the
    /// end is silence. Errors of the source.
    Result<StereoSpan> read(std::ptrdiff_t from, std::ptrdiff_t to);

private:
    SoundSource sound_;
    StereoBuffer held_;
    std::ptrdiff_t first_ = 0; ///< sample number of held_'s first
    bool is_started_ = false, is_over_ = false;
    StereoBuffer padded_;
};

} // namespace spindle::grade
