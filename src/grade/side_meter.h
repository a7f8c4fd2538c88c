// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "grade/clicks/click_count.h"
#include "grade/clicks/click_meter.h"
#include "grade/motion/motion_meter.h"
#include "grade/stereo.h"
#include "grade/surface/surface_meter.h"

namespace spindle::grade {

/// Everything that is measured of one side by itself, without its digital copy.
struct SideMeasures {
    SampleRate rate;
    SurfaceFigures surface;
    MotionFigures motion;
    ClickFindings clicks;

    /// Level of the programme as an amplitude, full scale 1: the reference of all that is relative.
    double programme_level() const;
    Seconds length() const { return surface.programme.length; }
    /// Clicks, crackle and thumps that are rather the record's than the music's (0.5 and above):
    /// those to show,
    /// from settled() on.
    std::vector<Defect> likely_clicks() const;
    /// When the needle has come down and the thump of it is over; 0 when it was down already. What
    /// is before is the arm's, not the record's.
    Seconds settled() const;
    /// The stretches in which the groove alone is heard, from settled() on.
    std::vector<TimeSpan> silent_grooves() const;
    /// The stretches in which a needle is in a groove: not what is before
    /// settled() and after it is lifted.
    std::vector<TimeSpan> grooves() const;
};

/// Measures a recording of a side while it is heard. Streaming: neither the blocks nor the gain
/// change the result. One instance per thread. Memory: some 10 MB and 0.5 MB a minute; of more than
/// 4 hours the rest is heard for clicks alone. Cost: 8 s of one core for 20 min at 44.1 kHz.
class SideMeter {
public:
    /// @return Code::Unsupported outside 8 to 192 kHz.
    static Result<SideMeter> create(SampleRate rate);
    ~SideMeter();
    SideMeter(SideMeter&&) noexcept;
    SideMeter& operator=(SideMeter&&) noexcept;

    /// @param block any length, finite samples.
    void feed(StereoSpan block);
    /// Once, at the end.
    SideMeasures finish();

private:
    struct State;
    explicit SideMeter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::grade
