// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "grade/clicks/click_count.h"
#include "grade/clicks/click_meter.h"

namespace spindle::grade {

/// Clicks that stand clear of what hides them, and how long such were listened for.
struct ClearClicks {
    double count = 0;
    Seconds time{0};
};

/// Counts the clicks of -20 dB and more against the programme (definition.h) that stand 10 dB clear
/// of what cannot be foretold around them (CrackleFrame::residual). Time counts by the share of all
/// clicks that would have stood clear in it: real ones are half as many each 5 dB. So `count` over
/// `time` is the rate of all, those made up for that noise and music hide: a noisy groove that
/// gives away ten clicks has more of them than a quiet one that does, and loud music tells neither
/// way.
///
/// On 85 simulated sides, with the noise, it foretells how many steps of the scale the clicks are
/// worth to 0.43 in the median; what is counted above -20 dB, to 0.52.
/// @param frames 50 ms each, from the beginning. @param spans in order, not overlapping.
/// @param level RMS of the programme, full scale.
ClearClicks clear_clicks(std::span<const Defect> defects, std::span<const CrackleFrame> frames,
                         std::span<const TimeSpan> spans, double level);

} // namespace spindle::grade
