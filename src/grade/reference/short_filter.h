// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "grade/reference/stereo_buffer.h"

namespace spindle::grade {

struct ShortFilterOptions {
    /// What one global response cannot follow changes from second to second: pickup height over a
    /// warp, level towards the inner grooves.
    double window_seconds = 2;
    /// Of each of the four responses, half to either side. The prototype's number.
    std::size_t taps = 24;
    /// Deviations (robust) of the residual beyond which it is cut before the second fit, so that
    /// clicks do not pull the filter.
    double clip = 3;
};

/// Brings `music` (already nearly what the recording holds) as near to the recording as 2x2 filters
/// can, fitted by least squares window by window; between windows they fade into each other.
/// @param music, recording of one length; @param out `music` filtered, may not be `music`.
void fit_short_filters(StereoSpan music, StereoSpan recording, double rate, StereoBuffer& out,
                       const ShortFilterOptions& options = {});

} // namespace spindle::grade
