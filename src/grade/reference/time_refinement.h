// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "grade/stereo.h"

namespace spindle::grade {

/// How far the music is from where the recording has it, moment by moment.
struct TimeDeviation {
    double step = 0;           ///< samples between values; the first is at half a step
    std::vector<double> late;  ///< samples by which the recording is further on than the music
    std::vector<double> error; ///< standard error of each, samples
};

/// Small deviations of time (below a sample or two) by least squares on the waveforms: a shift
/// shows as the music's own slope in the residual. In frames of 10 ms, smoothed as much as the
/// noise asks for: 12 ms (15 Hz of flutter) where music is loud and bright, up to a second where it
/// is soft. Clicks are cut. Linear.
/// @param music, recording of one length and equalised alike.
TimeDeviation time_deviation(StereoSpan music, StereoSpan recording, double rate);

} // namespace spindle::grade
