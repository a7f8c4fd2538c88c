// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "base/result.h"
#include "base/units.h"
#include "grade/stereo.h"

namespace spindle::grade {

/// A recording that can be heard more than once, block by block, so that a side of 20 minutes need
/// not lie in memory. A file that is decoded anew each time, or samples in memory.
struct SoundSource {
    SampleRate rate;   ///< of what next() gives, 8000 to 192000 Hz
    Seconds length{0}; ///< about; 0 where unknown. For progress alone.

    /// Begins anew at the first sample. Called before next(), and whenever it is heard again.
    std::function<Result<void>()> start;
    /// The next block of any length, valid until the next call; an empty one at the end.
    std::function<Result<StereoSpan>()> next;
};

/// Samples in memory as a source; they must outlive it. @param block samples at a time.
SoundSource sound_in_memory(StereoSpan samples, SampleRate rate, std::size_t block = 65536);

} // namespace spindle::grade
