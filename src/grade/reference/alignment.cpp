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
constexpr double kEndReach = 0.35; // seconds beyond the middle of the last block that agrees
constexpr double kLevelSeconds = 0.125;
constexpr double kSoft = 0.05;      // of the loudest: the end of a fade
constexpr double kWholeTurn = 0.03; // of a turn

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

/// The recording's moment at which a moment of the copy is heard, near `guess`.
double moment_of(const TimeMap& map, double copy, double guess) {
    for (int step = 0; step < 4; ++step) {
        const double off = copy - map.at(Seconds(guess)).count();
        guess += off / std::max(0.5, map.speed(Seconds(guess)));
    }
    return guess;
}

/// RMS of an eighth of a second of the copy.
double level_at(const Sketch& copy, double at) {
    std::vector<float> samples(static_cast<std::size_t>(kLevelSeconds * copy.rate()));
    copy.read(static_cast<std::ptrdiff_t>(at * copy.rate()), samples);
    double sum = 0;
    for (const float sample : samples) {
        sum += static_cast<double>(sample) * static_cast<double>(sample);
    }
    return std::sqrt(sum / static_cast<double>(samples.size()));
}

/// The trace begins and ends where the copy or the recording does; but where the copy goes on with
/// music and nothing of it was confirmed, it is not in the recording. A fade is, under the noise.
void set_ends(Trace& trace, const TimeMap& map, const Sketch& recording, const Sketch& copy) {
    TracePiece& first = trace.pieces.front();
    TracePiece& last = trace.pieces.back();
    const double begin = first.points.front().recording;
    const double end = last.points.back().recording;
    double loud = 0;
    for (const TracePoint& point : first.points) {
        loud = std::max(loud, level_at(copy, point.copy));
    }
    const auto is_soft = [&](double at) {
        return level_at(copy, map.at(Seconds(at)).count()) < kSoft * loud;
    };
    first.from = std::max(0.0, moment_of(map, 0, first.from));
    for (double at = begin - kEndReach; at > first.from; at -= kLevelSeconds) {
        if (!is_soft(at)) {
            first.from = at;
        }
    }
    last.to = std::max(
        first.from + kLevelSeconds,
        std::min(recording.length().count(), moment_of(map, copy.length().count(), last.to)));
    for (double at = end + kEndReach; at < last.to; at += kLevelSeconds) {
        if (!is_soft(at)) {
            last.to = at;
        }
    }
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
    set_ends(trace, alignment.fitted.map, recording, copy);
    for (int round = 0; round < kRounds; ++round) {
        trace = follow_again(trace, alignment.fitted.map, meter);
        set_ends(trace, alignment.fitted.map, recording, copy);
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
