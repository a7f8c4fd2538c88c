// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "fingerprint/matcher.h"
#include "turntable/line_fit.h"
#include "turntable/play.h"
#include "turntable/wow_meter.h"

namespace spindle::turntable {

/// One window of the stream, found at one place of one track.
struct Sighting {
    fingerprint::Candidate candidate;
    Seconds window_start{0}; ///< stream time of the clip's first sample
    Seconds window{0};       ///< length of the clip

    Seconds middle() const { return window_start + window / 2; }
    Seconds end() const { return window_start + window; }
    Seconds position(Seconds at) const {
        return candidate.offset + candidate.speed * (at - window_start);
    }
    /// Do both say the same of where the needle is?
    bool agrees_with(const Sighting& other) const;
};

/// From when to when a window's landmarks were really found: the first and the last that are not
/// alone, from the window's start. Chance finds single ones anywhere.
std::pair<Seconds, Seconds> found_between(std::span<const fingerprint::LandmarkPair> pairs);

/// A track while it is being heard: the lines it was found on, and for how long.
class Hearing {
public:
    /// @param entered when its music began to be heard.
    Hearing(const Sighting& first, std::optional<Place> place, Seconds duration, Seconds entered);

    TrackId track() const { return track_; }
    const std::optional<Place>& place() const { return place_; }
    Seconds entered() const { return entered_; }
    Seconds duration() const { return duration_; }

    /// Found again where it should be. @param pairs the landmarks it was found by.
    void support(const Sighting& sighting, std::span<const fingerprint::LandmarkPair> pairs);
    /// Found elsewhere in the same track, since `at`: the needle jumped.
    void jump(const Sighting& sighting, Seconds at);
    /// The needle was put back where it had been lifted, at `at`.
    void resume(const Sighting& sighting, Seconds at);

    Seconds last_supported() const { return last_supported_; }
    double confidence() const { return confidence_; }
    int supports() const { return supports_; }
    int skips() const { return skips_; }
    Seconds position(Seconds at) const { return segments_.back().line.position(at); }
    double speed() const { return segments_.back().line.speed(); }
    double speed_error() const { return segments_.back().line.speed_error(); }
    std::optional<Wow> wow() const { return wow_.wow(); }
    const fingerprint::Index::Place& index_place() const { return index_place_; }
    bool is_on_line(const Sighting& sighting) const;
    /// When the file ends on the present line; far in the future if its length is not known.
    Seconds natural_end() const;

    /// What was played, if it ended at `end`.
    Play play(Seconds end) const;

private:
    struct Segment {
        LineFit line;
        Seconds from{0};
        Seconds to{0}; ///< of those before the last
    };

    TrackId track_;
    fingerprint::Index::Place index_place_;
    std::optional<Place> place_;
    Seconds duration_;
    Seconds entered_;
    Seconds last_supported_;
    std::vector<Segment> segments_;
    WowMeter wow_;
    Seconds wow_until_{0};
    Seconds counted_until_{0};
    double confidence_ = 0;
    int supports_ = 0;
    int skips_ = 0;
    int matched_ = 0;
    int expected_ = 0;
};

} // namespace spindle::turntable
