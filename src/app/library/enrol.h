// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/backends.h"
#include "app/library/query.h"
#include "base/progress.h"
#include "turntable/heard_side.h"

// Records that exist on vinyl only become part of the library by being played once.
namespace spindle::app {

struct EnrolTrack {
    std::string title;             ///< may be empty: it is called by its place, "A1"
    std::optional<Seconds> begins; ///< on the side, as on a sleeve; nothing: a pause tells
};

/// Reads "So What", "So What@9:22", "@9:22" or "So What@1:02:03". Code::BadInput for a time that is
/// none.
Result<EnrolTrack> parse_enrol_track(std::string_view word);

/// One side of a record, as the owner names it.
struct EnrolledSide {
    std::string artist; ///< may be empty
    std::string title;
    char side = 'A';
    std::vector<EnrolTrack> tracks; ///< empty: as many as there are gaps
};

struct Enrolment {
    RecordView record;           ///< as it is now, with the sides enrolled before
    std::vector<TrackId> tracks; ///< of this side, in order
    std::vector<Seconds> begins; ///< where each was found, from the beginning of the music
    std::vector<Seconds> lengths;
};

/// Enters a side that was heard. The same side of the same record (artist and title compared
/// whatever their case and accents) takes the place of what was there: its tracks keep their
/// numbers. A kill leaves some tracks of it; enrolling again completes it.
/// @return Code::BadInput: names that are too long, tracks that cannot be told apart
///         (turntable::split_tracks); Code::Busy; the store's own.
Result<Enrolment> enrol_side(const Backends& backends, const std::filesystem::path& data_folder,
                             const EnrolledSide& side, const turntable::HeardSide& heard,
                             const ProgressSink& progress);

/// Gives the tracks of an enrolled side other names. Code::NotFound when there is no such side,
/// Code::BadInput when it has another number of tracks.
Result<Enrolment> rename_side(const Backends& backends, const std::filesystem::path& data_folder,
                              const EnrolledSide& side, const ProgressSink& progress);

/// What was heard of music nobody knew. Code::NotFound when it is not kept (any more).
Result<turntable::HeardSide> unknown_side(store::PlayStore& plays, std::int64_t unknown);

} // namespace spindle::app
