// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sides/happening.h"
#include "sides/pool.h"
#include "sides/track_store.h"
#include "simulator/side_sound.h"
#include "simulator/side_truth.h"
#include "turntable/play.h"

namespace spindle::sides {

/// What the listener is told of the record.
enum class Told : std::uint8_t {
    Sides,   ///< which track is where on which side: most records
    Disc,    ///< the order on the disc, not the sides: a fifth
    Nothing, ///< a tenth
};
std::string_view name_of(Told told);

/// A record played, from before the needle comes down until after it was lifted, with the truth.
/// All from one seed.
struct Session {
    std::uint64_t seed = 0;
    Happening happening = Happening::Plain;
    std::size_t record = 0; ///< of Pool::records
    Told told = Told::Sides;
    simulator::Performance performance;
    simulator::SideTruth truth;
    std::vector<turntable::Side> sides; ///< of this record, all its tracks
};

/// The seed of the n-th session of a run.
std::uint64_t session_seed(std::uint64_t run_seed, std::size_t number);

/// 2 to 6 tracks a side, 20 minutes at most (12 where two sides are played).
/// Errors: those of decoding.
Result<Session> draw_session(const Pool& pool, TrackStore& store, Happening happening,
                             std::uint64_t seed, std::size_t beds);

/// A side of music that is not in the library.
Result<Session> draw_unknown_session(const Pool& pool, TrackStore& store, std::uint64_t seed,
                                     std::size_t beds);

/// The same record on another day: another platter and surface, the needle set down anew. Not for
/// what has other sound in it (Happening::Radio).
void play_again(Session& session, std::uint64_t take, std::size_t beds);

/// The sides of every record of the pool, this session's as it was played: what a listener is
/// given.
std::vector<turntable::Side> shelf_of(const Pool& pool, const Session& session);

/// The supply of a session's sound.
simulator::Supply supply_from(TrackStore& store);

} // namespace spindle::sides
