// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/record_id.h"
#include "base/result.h"
#include "base/track_id.h"
#include "base/units.h"

// What was really played, as it is kept.
namespace spindle::store {

/// Milliseconds since 1970-01-01 UTC.
using Milliseconds = std::int64_t;

struct PlayWow {
    double peak = 0;     ///< relative speed deviation at the rate of rotation: 0.002 = 0.2 %
    double weighted = 0; ///< weighted for audibility (IEC 60386)
    double turns_per_minute = 0;
};

/// One track that was played, or a part of it. Texts are those of the day it was played.
struct StoredPlay {
    std::int64_t id = 0; ///< given by the store
    Milliseconds started = 0;
    Milliseconds ended = 0;
    TrackId track{};
    RecordId record{}; ///< 0: on none
    std::string side;  ///< "A"; empty when not known
    int position = 0;  ///< on the side, from 1; 0 when not known
    std::string artist, title, album;
    Seconds played{0};   ///< of its music that sounded
    Seconds from{0};     ///< in the file
    Seconds to{0};       ///< in the file
    Seconds duration{0}; ///< of the file; 0 when not known
    double speed = 1;    ///< 1.008 = 0.8 % fast
    double speed_error = 0;
    std::optional<PlayWow> wow;
    double confidence = 0;
    bool inferred = false; ///< not recognised: between its neighbours
    int skips = 0;
    int matched = 0, expected = 0; ///< landmarks
};

/// The needle in the groove of one side.
struct StoredSide {
    Milliseconds ended = 0;
    RecordId record{};
    std::string side;
    Seconds music{0};
};

struct StoredUnknown {
    std::int64_t id = 0;
    Milliseconds started = 0;
    Milliseconds ended = 0;
    std::string name;   ///< what the owner says it was; may be empty
    bool heard = false; ///< what was heard of it is kept: it can be enrolled
};

/// A needle and what it has played: nothing before `fitted` counts.
struct StoredStylus {
    Milliseconds fitted = 0; ///< 0: before the first one that was named
    std::string name;
    Seconds music{0};
};

/// How often tracks of one record were played, as it was called then.
struct AlbumPlays {
    RecordId record{}; ///< 0: on none
    std::string artist, album;
    std::int64_t plays = 0;
    Milliseconds last = 0; ///< when the latest began
};

/// The owner's listening history. Every changing call is one transaction; what was kept stays after
/// a kill. The same play, side or session is kept once, however often it is added. One instance per
/// thread, or serialise; several processes may use one file. Errors as LibraryStore's.
class PlayStore {
public:
    PlayStore() = default;
    virtual ~PlayStore() = default;
    PlayStore(const PlayStore&) = delete;
    PlayStore& operator=(const PlayStore&) = delete;

    virtual Result<void> add(const StoredPlay& play) = 0;
    virtual Result<void> add(const StoredSide& side) = 0;
    /// @param heard turntable::to_bytes() of what was heard; may be empty. Of all sessions together
    ///        kMostUnknownSound are kept: the oldest are forgotten.
    virtual Result<void> add(const StoredUnknown& unknown, std::span<const std::uint8_t> heard) = 0;
    /// Bytes: some 40 hours of music.
    static constexpr std::size_t kMostUnknownSound = 8'000'000;

    /// Plays that began in [since, until), newest first, until the visitor returns false.
    virtual Result<void> each_play(Milliseconds since, Milliseconds until,
                                   const std::function<bool(const StoredPlay&)>& visit) = 0;
    /// All plays, counted by record, artist and album; in no order.
    virtual Result<std::vector<AlbumPlays>> album_plays() = 0;
    /// Unknown music of a time, oldest first.
    virtual Result<std::vector<StoredUnknown>> unknown(Milliseconds since, Milliseconds until) = 0;
    /// What was heard of a session; empty when it is not kept (any more). Code::NotFound when there
    /// is no such session.
    virtual Result<std::vector<std::uint8_t>> unknown_sound(std::int64_t id) = 0;
    /// Code::NotFound when there is no such session.
    virtual Result<void> name_unknown(std::int64_t id, const std::string& name) = 0;

    /// From now on this needle plays.
    virtual Result<void> fit_stylus(Milliseconds at, const std::string& name) = 0;
    /// All needles, oldest first; at least one.
    virtual Result<std::vector<StoredStylus>> styli() = 0;
};

} // namespace spindle::store
