// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/alignment.h"

#include <algorithm>
#include <cmath>

#include "grade/reference/lag_meter.h"
#include "grade/reference/placing.h"
#include "grade/reference/tracking.h"

namespace spindle::grade {
namespace {

constexpr std::size_t kLeastConfirmed = 16; // moments, eight a second
constexpr double kLeastShare = 0.1;         // of the moments: music, noise, and fades
constexpr double kSpeedKnown = 0.008;       // how far tracks of one side differ in speed
constexpr int kRounds = 2;                  // each leaves 4 % of the error
constexpr double kWholeTurn = 0.03;         // of a turn

/// The better of two traces: where more of the waveforms agree.
void take_better(Trace& best, Trace candidate) {
    if (candidate.confirmed > best.confirmed) {
        best = std::move(candidate);
    }
}

bool is_convincing(const Trace& trace) {
    return trace.confirmed >= kLeastConfirmed &&
           static_cast<double>(trace.confirmed) > 0.5 * static_cast<double>(trace.measured);
}

std::vector<Jump> jumps_of(const TimeMap& map, double turn) {
    std::vector<Jump> jumps;
    const auto pieces = map.pieces();
    for (std::size_t i = 1; i < pieces.size(); ++i) {
        const TimeMap before({pieces[i - 1]});
        const TimeMap after({pieces[i]});
        Jump jump;
        jump.at = pieces[i].from;
        jump.by = after.at(jump.at) - before.at(jump.at);
        const double turns = jump.by.count() / turn;
        if (std::abs(turns - std::round(turns)) < kWholeTurn) {
            jump.turns = static_cast<int>(std::lround(turns));
        }
        jumps.push_back(jump);
    }
    return jumps;
}

/// Without a rotation in the map: the record's speed is the one whose turns fit the jumps.
double turn_of(const FittedMap& fitted) {
    if (fitted.turns_per_minute > 0) {
        return fitted.turn_seconds;
    }
    double best = 1.8;
    std::size_t most = 0;
    for (const double turn : {1.8, 60 / 45.0, 60 / 78.26}) {
        const auto jumps = jumps_of(fitted.map, turn);
        const auto whole = static_cast<std::size_t>(std::count_if(
            jumps.begin(), jumps.end(), [](const Jump& jump) { return jump.turns != 0; }));
        if (whole > most) {
            most = whole;
            best = turn;
        }
    }
    return best;
}

} // namespace

std::optional<Alignment> align(const Sketch& recording, const Sketch& copy,
                               const std::optional<CopyHint>& hint, std::optional<double> speed,
                               double speed_range) {
    LagMeter meter(recording, copy);
    Trace trace;
    if (hint) {
        trace = follow(recording, copy,
                       {hint->recording.count(), hint->copy.count(), hint->speed, 1}, meter);
    }
    std::vector<PlacingOptions> ranges;
    if (speed) {
        ranges.push_back({*speed - kSpeedKnown, *speed + kSpeedKnown});
    }
    ranges.push_back({1 - speed_range, 1 + speed_range});
    for (const PlacingOptions& range : ranges) {
        if (is_convincing(trace)) {
            break;
        }
        for (const Placing& idea : place(recording, copy, range)) {
            take_better(trace, follow(recording, copy, idea, meter));
            if (is_convincing(trace)) {
                break;
            }
        }
    }
    if (trace.confirmed < kLeastConfirmed ||
        static_cast<double>(trace.confirmed) < kLeastShare * static_cast<double>(trace.measured)) {
        return std::nullopt;
    }
    Alignment alignment;
    alignment.fitted = fit_map(trace);
    for (int round = 0; round < kRounds; ++round) {
        trace = follow_again(trace, alignment.fitted.map, meter);
        alignment.fitted = fit_map(trace);
    }
    const TimeMap& map = alignment.fitted.map;
    alignment.jumps = jumps_of(map, turn_of(alignment.fitted));
    double covered = 0;
    double heard = 0;
    alignment.copy_start = copy.length().count();
    for (const TimeMap::Piece& piece : map.pieces()) {
        const double from = map.at(piece.from).count();
        const double to = TimeMap({piece}).at(piece.to).count();
        alignment.copy_start = std::min(alignment.copy_start, from);
        alignment.copy_end = std::max(alignment.copy_end, to);
        covered += to - from;
        heard += (piece.to - piece.from).count();
    }
    alignment.copy_start = std::max(0.0, alignment.copy_start);
    alignment.copy_end = std::min(copy.length().count(), alignment.copy_end);
    alignment.speed = heard > 0 ? covered / heard : 1;
    return alignment;
}

} // namespace spindle::grade
