// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "grade/defect.h"
#include "grade/motion/channel_meter.h"
#include "grade/motion/dropout_finder.h"
#include "grade/motion/off_centre_meter.h"
#include "grade/motion/repeat_finder.h"
#include "grade/motion/turns.h"
#include "grade/stereo.h"
#include "grade/surface/surface_meter.h"

namespace spindle::grade {

struct MotionFigures {
    TurnFigures turns;
    std::vector<Repetition> repetitions; ///< whoever counts takes those that are believed
    std::vector<Defect> dropouts;
    ChannelFigures channels;
    OffCentreFigures off_centre;

    /// Repetitions to be believed, as defects: what was heard again, from first to last.
    std::vector<Defect> repeats() const;
};

/// How a record turned under the needle, in one pass. Feed it with what SurfaceMeter is fed with,
/// and with the lower bands that gives: surface.feed(block, [&](auto& low) { motion.feed(low); }),
/// motion.feed(block). Forward skips are not found: without the digital copy nothing in the sound
/// tells them from an edit. Memory: 15 MB at most. Cost at 44.1 kHz: 1.5 s for 20 min.
class MotionMeter {
public:
    static Result<MotionMeter> create(SampleRate rate, const SurfaceMeter& surface);

    void feed(StereoSpan block);
    void feed(const LowBlock& block);

    /// @param defects in order of time. @param rpm the record's speed when it is known.
    MotionFigures finish(const SurfaceFigures& surface, std::span<const Defect> defects,
                         std::optional<double> rpm = {});

private:
    MotionMeter(SampleRate rate, RepeatFinder repeats, OffCentreMeter off_centre);

    RepeatFinder repeats_;
    OffCentreMeter off_centre_;
    DropoutFinder dropouts_;
    ChannelMeter channels_;
};

} // namespace spindle::grade
