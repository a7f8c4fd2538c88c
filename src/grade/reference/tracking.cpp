// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/tracking.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace spindle::grade {
namespace {

constexpr double kHop = 0.125;       // seconds
constexpr double kReach = 0.006;     // seconds of lag from one block to the next: wow is 1 ms
constexpr double kFirstReach = 0.06; // what placing leaves
constexpr double kGood = 7;          // quality: one of 10^6 blocks has it by chance
constexpr double kWideGood = 9;
constexpr double kSpeedGain = 0.05;
constexpr double kMostSpeedOff = 0.006; // of the speed at the beginning: wow and drift
constexpr int kLostSoon = 4;            // blocks: then look further
constexpr int kLostLong = 64;           // blocks, between two looks when little hope is left
constexpr std::size_t kLeastPoints = 12;
constexpr double kJumpLeast = 0.012; // seconds; less is wow
constexpr int kConfirmations = 3;

struct Walk {
    std::vector<TracePiece> pieces; ///< in the order walked; points, too
    std::size_t measured = 0, confirmed = 0;
};

/// The moment of a jump: where the likeness to what was before gives way to that behind.
double moment_of_jump(LagMeter& meter, const TracePoint& before, const TracePoint& after,
                      double speed) {
    constexpr double kStep = 0.01;
    std::vector<double> gain; // of having jumped already
    for (double at = before.recording; at <= after.recording; at += kStep) {
        const double stayed =
            meter.likeness(at, before.copy + (at - before.recording) * speed, speed);
        const double jumped =
            meter.likeness(at, after.copy + (at - after.recording) * speed, speed);
        gain.push_back(jumped - stayed);
    }
    double rest = 0;
    double best = 0;
    std::size_t place = gain.size();
    for (std::size_t i = gain.size(); i-- > 0;) {
        rest += gain[i];
        if (rest > best) {
            best = rest;
            place = i;
        }
    }
    return std::min(before.recording + (static_cast<double>(place) - 0.5) * kStep, after.recording);
}

class Walker {
public:
    Walker(const Sketch& recording, const Sketch& copy, LagMeter& meter)
        : recording_length_(recording.length().count()), copy_length_(copy.length().count()),
          meter_(meter) {}

    Walk walk(double at, double copy, double speed, double direction) {
        Walk walked;
        walked.pieces.emplace_back();
        first_speed_ = speed;
        int lost = 0;
        int next_look = kLostSoon;
        const double step = direction * kHop;
        for (; at >= 0 && at <= recording_length_ && copy >= -1 && copy <= copy_length_ + 1;
             at += step, copy += step * speed) {
            ++walked.measured;
            const double reach = std::min(2.5 * kReach, kReach + 0.0005 * lost);
            const Lag lag = meter_.near(at, copy, speed, reach);
            if (lag.quality >= kGood) {
                walked.pieces.back().points.push_back({at, copy + lag.seconds, lag.quality});
                ++walked.confirmed;
                copy += 0.7 * lag.seconds;
                if (lost == 0) {
                    speed = bounded(speed + direction * kSpeedGain * lag.seconds / kHop);
                }
                lost = 0;
                next_look = kLostSoon;
                continue;
            }
            ++lost;
            if (lost < next_look) {
                continue;
            }
            next_look = lost + std::min(kLostLong, lost);
            if (const auto jump = look_around(at, copy, speed, step)) {
                copy += *jump;
                begin_piece(walked, at, copy, speed, step);
                lost = 0;
                next_look = kLostSoon;
            }
        }
        return walked;
    }

private:
    double bounded(double speed) const {
        return std::clamp(speed, first_speed_ - kMostSpeedOff, first_speed_ + kMostSpeedOff);
    }

    /// By how much the copy jumped, if what follows agrees.
    std::optional<double> look_around(double at, double copy, double speed, double step) {
        const Lag wide = meter_.wide(at, copy, speed);
        if (wide.quality < kWideGood || std::abs(wide.seconds) < kJumpLeast) {
            return std::nullopt;
        }
        double jump = wide.seconds;
        for (int i = 0; i < kConfirmations; ++i) {
            const double there = at + i * step;
            const Lag lag = meter_.near(there, copy + jump + i * step * speed, speed, kReach);
            if (lag.quality < kGood) {
                return std::nullopt;
            }
            jump += lag.seconds;
        }
        return jump;
    }

    /// Walks back to where the jump was, so that no music between is lost.
    void begin_piece(Walk& walked, double at, double copy, double speed, double step) {
        std::vector<TracePoint> found;
        const auto& before = walked.pieces.back().points;
        double t = at - step;
        double p = copy - step * speed;
        while (before.empty() || (t - before.back().recording) * step > 0) {
            const Lag lag = meter_.near(t, p, speed, kReach);
            if (lag.quality < kGood || t < 0 || t > recording_length_) {
                break;
            }
            p += lag.seconds;
            found.push_back({t, p, lag.quality});
            t -= step;
            p -= step * speed;
        }
        std::reverse(found.begin(), found.end());
        if (!before.empty()) {
            walked.pieces.emplace_back();
        }
        walked.pieces.back().points = std::move(found);
        walked.confirmed += walked.pieces.back().points.size();
    }

    double recording_length_, copy_length_;
    double first_speed_ = 1;
    LagMeter& meter_;
};

/// Speed and place from the waveforms around the idea; quality 0 where they never agree.
struct Anchor {
    double recording = 0, copy = 0, speed = 1, quality = 0;
};

Anchor anchored(const Sketch& recording, const Placing& idea, LagMeter& meter) {
    constexpr double kStep = 0.0005; // a block of half a second shifts by 0.25 ms: 2 samples
    constexpr int kSteps = 9;
    Anchor best;
    // Placing says where an excerpt begins; blocks of the ten seconds behind it.
    for (int i = -kSteps; i <= kSteps; ++i) {
        const double speed = idea.speed * (1 + kStep * i);
        double sum = 0;
        Anchor here;
        for (int block = 0; block < 12; ++block) {
            const double off = 0.3 + 0.7 * block;
            const double at = idea.recording + off;
            if (at > recording.length().count()) {
                break;
            }
            const double place = idea.copy + off * speed;
            const Lag lag = meter.near(at, place, speed, kFirstReach);
            sum += std::max(0.0, lag.quality - kGood);
            if (lag.quality > here.quality) {
                here = {at, place + lag.seconds, speed, lag.quality};
            }
        }
        if (here.quality >= kGood && sum > best.quality) {
            best = here;
            best.quality = sum;
        }
    }
    return best;
}

} // namespace

Trace follow(const Sketch& recording, const Sketch& copy, const Placing& idea, LagMeter& meter) {
    Trace trace;
    const Anchor anchor = anchored(recording, idea, meter);
    if (!(anchor.quality > 0)) {
        return trace;
    }
    Walker walker(recording, copy, meter);
    Walk back =
        walker.walk(anchor.recording - kHop, anchor.copy - kHop * anchor.speed, anchor.speed, -1);
    Walk on = walker.walk(anchor.recording, anchor.copy, anchor.speed, 1);
    trace.measured = back.measured + on.measured;
    trace.confirmed = back.confirmed + on.confirmed;

    for (TracePiece& piece : back.pieces) {
        std::reverse(piece.points.begin(), piece.points.end());
    }
    std::reverse(back.pieces.begin(), back.pieces.end());
    trace.pieces = std::move(back.pieces);
    // The anchor is in the middle of one piece.
    auto& joint = trace.pieces.back().points;
    joint.insert(joint.end(), on.pieces.front().points.begin(), on.pieces.front().points.end());
    std::move(on.pieces.begin() + 1, on.pieces.end(), std::back_inserter(trace.pieces));
    std::erase_if(trace.pieces, [](const TracePiece& piece) { return piece.points.size() < 2; });
    std::size_t points = 0;
    for (const TracePiece& piece : trace.pieces) {
        points += piece.points.size();
    }
    if (points < kLeastPoints) {
        return {};
    }

    for (std::size_t i = 0; i < trace.pieces.size(); ++i) {
        TracePiece& piece = trace.pieces[i];
        if (i > 0) {
            TracePiece& before = trace.pieces[i - 1];
            before.to = piece.from =
                moment_of_jump(meter, before.points.back(), piece.points.front(), anchor.speed);
        }
    }
    // Before the first point and behind the last the copy goes on to its ends.
    const TracePoint& first = trace.pieces.front().points.front();
    const TracePoint& last = trace.pieces.back().points.back();
    trace.pieces.front().from = std::max(0.0, first.recording - first.copy / anchor.speed);
    trace.pieces.back().to =
        std::min(recording.length().count(),
                 last.recording + (copy.length().count() - last.copy) / anchor.speed);
    trace.pieces.front().from = std::min(trace.pieces.front().from, first.recording);
    trace.pieces.back().to = std::max(trace.pieces.back().to, last.recording);
    return trace;
}

Trace follow_again(const Trace& trace, const TimeMap& map, LagMeter& meter) {
    Trace again = trace;
    for (std::size_t i = 0; i < trace.pieces.size(); ++i) {
        const TimeMap own({map.pieces()[i]});
        auto& points = again.pieces[i].points;
        points.clear();
        for (const TracePoint& point : trace.pieces[i].points) {
            const Lag lag = meter.near(point.recording, own, kReach);
            if (lag.quality >= kGood) {
                points.push_back({point.recording,
                                  own.at(Seconds(point.recording)).count() + lag.seconds,
                                  lag.quality});
            }
        }
        if (points.size() < 2) { // should not be: then they stay as they were
            points = trace.pieces[i].points;
        }
    }
    return again;
}

} // namespace spindle::grade
