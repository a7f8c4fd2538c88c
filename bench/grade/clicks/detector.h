// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/units.h"
#include "grade/defect.h"
#include "grade/stereo.h"

namespace spindle::click_trials {

/// Something a detector takes for a click; the higher the score, the surer.
struct Detection {
    std::int64_t at = 0; ///< sample
    double score = 0;
    double peak = 0; ///< 0 where the rule knows none
};

/// A way of finding clicks: every possible one with a score, so that each way can be set to the
/// same number of false alarms.
struct Detector {
    std::string name;
    std::function<std::vector<Detection>(const grade::StereoSpan&, SampleRate)> find;
};

Detection detection_of(const grade::Defect& defect, SampleRate rate);

/// Spindle's ClickMeter, by its probability.
Detector spindle_detector();

/// The rule of FFmpeg's adeclick filter (libavfilter 5.1), written anew from its description:
/// linear prediction by autocorrelation in frames of 55 ms, order 2 % of the frame's samples, a
/// sample is bad when its residual is beyond t deviations, the deviation being that of the
/// prediction error. The score is the largest t at which the place is found; each sample is judged
/// by the frame in whose middle quarter it is (frames overlap by 75 %). Bad samples with gaps
/// below 1.5 ms are one click.
Detector adeclick_rule();

/// The rule of Audacity's Click Removal (3.2), written anew from its description: the mean square
/// of 4, 8, 16 samples against that of the 2049 around; a click when it is threshold / 10 times as
/// much, in a run of no more than twice that width. The score is the largest threshold at which it
/// is found.
Detector audacity_rule();

} // namespace spindle::click_trials
