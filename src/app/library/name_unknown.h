// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/library/enrol.h"
#include "turntable/track_split.h"

// Music nobody knew gets a name, and is known from its next play on.
namespace spindle::app {

/// What a session of unknown music is called once it is this side: "The Haves - White Label, side
/// B". Side A of a record whose artist nobody knows is called by the record's title alone.
std::string name_of(const EnrolledSide& side);

struct NamedUnknown {
    store::StoredUnknown unknown;       ///< as it is now
    std::optional<Enrolment> enrolment; ///< nothing: its next play will not be known ...
    std::string because;                ///< ... for this reason
};

/// Names what was heard, and enrols it (enrol_side) where what was heard is still kept. One that
/// had a name already gets another: the tracks that were enrolled from it under the old one make
/// way. A kill in the middle leaves it enrolled under both; naming it again mends that.
/// @return Code::NotFound for a session that is not there; what enrol_side() returns: then nothing
///         has changed.
Result<NamedUnknown> name_unknown(const Backends& backends,
                                  const std::filesystem::path& data_folder, store::PlayStore& plays,
                                  std::int64_t unknown, const EnrolledSide& side,
                                  const ProgressSink& progress);

/// A session, and where its tracks are as far as pauses tell: what to name.
struct UnknownTracks {
    store::StoredUnknown unknown;
    std::vector<turntable::TrackStretch> tracks; ///< from the beginning of the music; empty where
                                                 ///< it is not kept, or nothing can be told
};
/// Code::NotFound for a session that is not there.
Result<UnknownTracks> unknown_tracks(store::PlayStore& plays, std::int64_t unknown);

} // namespace spindle::app
