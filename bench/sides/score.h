// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "accuracy/statistics.h"
#include "base/result.h"
#include "sides/happening.h"
#include "sides/listening.h"
#include "sides/pool.h"
#include "sides/session.h"

namespace spindle::sides {

/// How much of a track truly sounded.
enum class Extent {
    Scrobbled, ///< 30 s and half of it, or four minutes: what services count
    Played,    ///< 15 s of it, or all of a shorter one
    Touched,   ///< less: it may be logged or not
};

/// A true play and what was made of it.
struct PlayRow {
    std::size_t session = 0;
    Happening happening = Happening::Plain;
    Told told = Told::Sides;
    simulator::TruePlay truth;
    TrackId track;
    Extent extent = Extent::Touched;
    double truth_wow = 0; ///< peak, of the platter
    bool counts = true;   ///< not at a wrong speed
    std::optional<turntable::Play> heard;
    std::size_t doubled = 0;             ///< further plays logged of it
    std::optional<Seconds> first_answer; ///< after it began to be heard
    std::optional<Seconds> confirmed;

    /// Outside the time between the track's first sample and its first sound (0 within); likewise
    /// at its end.
    Seconds start_error() const;
    Seconds end_error() const;
    /// Against the file's first sample, whatever it begins with.
    Seconds start_error_from_file() const;
    Seconds played_error() const;
    double speed_error() const; ///< relative
};

/// A logged play of what did not sound then.
struct FalsePlay {
    std::string where; ///< session or stream
    turntable::Play heard;
    std::string named;
    std::string sounded; ///< what truly did
    double likeness = 0; ///< of both at the place most alike, as accuracy::similarity() says
    Share alike;         ///< places compared that are the same music

    /// It is the same recording under another name: alike at half of the places.
    bool is_same_music() const { return alike.hits > 0 && 2 * alike.hits >= alike.total; }
};

/// Everything counted of some sessions.
struct SessionScore {
    std::vector<PlayRow> rows;
    std::vector<FalsePlay> false_plays;
    Share sides_over; ///< ends that were told, of those after which nothing played for 20 s
    std::vector<double>
        side_over_errors; ///< seconds between the last music and when it is said to be
    std::size_t sides_over_wrongly = 0; ///< told while the side went on
    std::vector<std::string> remarks;   ///< about the ends of sides
    std::size_t shown_wrongly = 0;      ///< confirmed as playing while it was not
    Share right_place;                  ///< plays whose side and index are those of the record
    Cost following;
    Cost searching;
    Cost idle;

    void add(SessionScore other);
};

Result<SessionScore> score(const Pool& pool, std::size_t number, const Session& session,
                           const Heard& heard);

/// What was logged while nothing known was played: of sessions of unknown music that begin at these
/// stream times, or of none.
struct UnknownStretch {
    Seconds start{0};
    Session session;
};
Result<SessionScore> score_unknown(const Pool& pool, const std::string& where,
                                   std::span<const UnknownStretch> stretches, const Heard& heard);

/// One line a true play, and one a false one; tab separated with a header.
Result<void> write_rows(const std::filesystem::path& path, const Pool& pool,
                        const SessionScore& all);

} // namespace spindle::sides
