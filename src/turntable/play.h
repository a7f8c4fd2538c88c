// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/record_id.h"
#include "base/track_id.h"
#include "base/units.h"

// What is known of records before they play, and of plays after. All times are stream time: seconds
// since the listener was made, gaps in the recording counted. Whoever feeds it knows what hour that
// was.
namespace spindle::turntable {

struct SideTrack {
    TrackId track;
    Seconds duration{0}; ///< of the owner's file
};

/// One side of a record (or one disc, where sides are not known), in playing order.
struct Side {
    RecordId record;
    char letter = 0; ///< 'A'...; 0 when sides are not known
    std::vector<SideTrack> tracks;
};

/// Where on the owner's records a track is.
struct Place {
    RecordId record;
    char side = 0;
    std::size_t index = 0; ///< in Side::tracks

    friend bool operator==(const Place&, const Place&) = default;
};

/// How a play came to be known.
enum class Knowledge {
    Heard,    ///< recognised
    Inferred, ///< not recognised (too short, too quiet), but the time between its neighbours fits
};

/// Wow at the rate of rotation, from the music itself.
struct Wow {
    double peak = 0;     ///< relative speed deviation: 0.002 = 0.2 %
    double weighted = 0; ///< the same, weighted for audibility (IEC 60386)
    double error = 0;    ///< standard error of `peak`
    double turns_per_minute = 0;
};

/// One track that was played, or a part of it.
struct Play {
    TrackId track;
    std::optional<Place> place;
    Seconds start{0};    ///< when its music began to be heard
    Seconds end{0};      ///< when it ended or was left
    Seconds played{0};   ///< seconds of its music that sounded: pauses and locked grooves are none
    Seconds from{0};     ///< position in the file at `start`
    Seconds to{0};       ///< position in the file at `end`
    Seconds duration{0}; ///< of the file
    double speed = 1;    ///< 1.008 = the platter runs 0.8 % fast
    double speed_error = 0; ///< standard error of `speed`
    std::optional<Wow> wow; ///< where enough was heard to tell
    Knowledge knowledge = Knowledge::Heard;
    double confidence = 0; ///< 1 - the chance that another track was played
    int skips = 0;         ///< times the needle jumped within it
    /// Evidence: landmarks of the track found again, of those it has where it was heard.
    int matched = 0;
    int expected = 0;
};

} // namespace spindle::turntable
