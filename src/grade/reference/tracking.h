// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "grade/reference/lag_meter.h"
#include "grade/reference/placing.h"

namespace spindle::grade {

/// One moment at which the place in the copy was measured.
struct TracePoint {
    double recording = 0; ///< seconds
    double copy = 0;      ///< seconds
    double quality = 0;   ///< of its lag
};

/// What was followed without the needle leaving its groove.
struct TracePiece {
    double from = 0, to = 0; ///< seconds of the recording
    std::vector<TracePoint> points;
};

/// The way of a recording through a copy, pieces and points in order.
struct Trace {
    std::vector<TracePiece> pieces;
    std::size_t measured = 0;  ///< moments, eight a second
    std::size_t confirmed = 0; ///< of which the waveforms agree

    bool empty() const { return pieces.empty(); }
};

/// Follows the copy through the recording from an idea of where it is, in both directions, block
/// by block, each from where the last one was and at its speed. Where the waveforms disagree for
/// half a second it looks up to 13 s around: the needle may have jumped. Ends where the copy or the
/// recording does. @return an empty trace where the idea is wrong.
/// Cost: 2 s for 20 minutes.
Trace follow(const Sketch& recording, const Sketch& copy, const Placing& idea, LagMeter& meter);

/// Measures the trace again along a map that was fitted to it.
Trace follow_again(const Trace& trace, const TimeMap& map, LagMeter& meter);

} // namespace spindle::grade
