// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accuracy/reference_library.h"
#include "base/result.h"
#include "base/track_id.h"
#include "base/units.h"
#include "material/truth.h"

namespace spindle::accuracy {

/// Further than this from the truth an answer names another place, not the same place badly.
inline constexpr Seconds kSamePlace{0.5};

/// Whether an answer is right.
struct Verdict {
    bool found = false;       ///< the track is right
    bool by_repeat = false;   ///< at another place or track, where the music is the same
    bool other_place = false; ///< the right track at a place where the music is not the same
    double likeness = -1;     ///< of the music at both places, where it was compared
};

/// @param query of an indexed track. Errors: its track is unknown, or cannot be decoded any more.
Result<Verdict> judge(const ReferenceLibrary& library, const material::Query& query, TrackId track,
                      Seconds offset);

/// The same for a clip of music that is not indexed: naming a track is right only where that track
/// holds the very recording (a theme used twice in one soundtrack).
/// @param start seconds into the query's file at which the clip begins
Result<Verdict> judge_unknown(const ReferenceLibrary& library, const material::Query& query,
                              Seconds start, TrackId track, Seconds offset);

} // namespace spindle::accuracy
