// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "turntable/heard_side.h"

namespace spindle::turntable {

/// A stretch without music.
struct Pause {
    Seconds from{0};
    Seconds to{0};
    Seconds length() const { return to - from; }
};

/// From where to where a track is on a side that was heard.
struct TrackStretch {
    Seconds from{0};
    Seconds to{0};
};

struct SplitOptions {
    /// A pause is as quiet as the groove of this record, and so much more, dB: a second of groove
    /// noise stays within 2 dB, and music that is no louder cannot be told from it.
    double above_groove = 1.5;
    double near_groove = 6;      ///< dB: equipment at rest is as near as this to a quiet groove
    double least_programme = 10; ///< dB below loud music, and it still is music
    Seconds least_pause{0.8};    ///< shorter ones are rests
    /// A pause of this length ends a track where nobody says how many there are. Gaps of records
    /// are 2 to 4 s; music rarely pauses for as long as this, but may: then the owner says where.
    Seconds gap{1.5};
    /// What is shorter than this before the first pause, or after the last, is the needle coming
    /// down or going up, not music.
    Seconds least_music{3};
    /// Nothing shorter is a track where nobody says how many there are: an interlude, applause.
    Seconds least_track{10};
    /// Times printed on sleeves are as exact as this: a pause so near is what is meant.
    Seconds pin_reach{8};
};

/// Where a side has no music.
std::vector<Pause> pauses_of(const HeardSide& side, const SplitOptions& options = {});

/// Where the tracks of a side are.
/// @param begins one for each track in order: where it begins as the owner says (from the beginning
///        of the music, as on a sleeve), or nothing: then the longest pauses between its neighbours
///        decide. The first begins with the music. Empty: every gap ends a track.
/// @return as many as `begins`, or as were found; each ends where its music does. Code::BadInput
///         when there are too few pauses, or times are out of order; the message says what was
///         heard.
Result<std::vector<TrackStretch>> split_tracks(const HeardSide& side,
                                               std::span<const std::optional<Seconds>> begins,
                                               const SplitOptions& options = {});

/// The landmarks of one stretch, on its own time.
std::vector<fingerprint::Landmark> landmarks_in(const HeardSide& side, const TrackStretch& stretch);

} // namespace spindle::turntable
