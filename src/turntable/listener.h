// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "fingerprint/index.h"
#include "turntable/ear.h"
#include "turntable/heard_side.h"
#include "turntable/play.h"

namespace spindle::turntable {

/// The sides a track is on; empty when it is on none. Asked when a track begins.
using SidesOf = std::function<std::vector<Side>(TrackId)>;

struct ListenerOptions {
    Seconds window{10};      ///< of sound that is matched; 10 s settles nearly everything
    Seconds first{4};        ///< the first question after this much sound
    Seconds unknown_step{3}; ///< ... after half a minute of music that is not in the library
    /// A track is believed after it was heard on one line (place and speed) for this long beyond
    /// the first answer: by then more than half of the evidence is new.
    Seconds confirmation{5};
    /// What is expected next on the side is believed after this.
    Seconds expected_confirmation{1};
    /// Shorter hearings are no plays (unless the side says the track is that short).
    Seconds least_play{15};
    /// Music of a track that is not recognised for this long is no longer taken for it.
    Seconds patience{25};
    Seconds pause{8};      ///< after so much silence the needle has been lifted, not only a pause
    Seconds resume{60};    ///< a track put on again within this, where it was left, is one play
    Seconds side_over{15}; ///< groove noise only, for this long: the side has run out ...
    Seconds side_over_early{60}; ///< ... and this long where the side has more to play
};

enum class Sound { Silence, Surface, Music };

struct NeedleDown {
    Seconds at{0};
};
struct NeedleUp {
    Seconds at{0};
};
/// First answer (confirmed: false), then the same again once it is believed, and after each change
/// of place. What a display shows and what "now playing" is made of.
struct NowPlaying {
    TrackId track;
    std::optional<Place> place;
    std::optional<SideTrack> next; ///< what the side says comes after it
    Seconds start{0};              ///< stream time at which its music began to be heard
    Seconds at{0};                 ///< stream time of this event
    Seconds position{0};           ///< in the file, at `at`
    Seconds duration{0};           ///< of the file, 0 when no side says it
    bool confirmed = false;
    double confidence = 0;
};
/// A track has ended. Each play comes exactly once, in order of their starts.
struct Played {
    Play play;
};
/// The side has run out, or the needle was lifted for good.
struct SideOver {
    Seconds at{0}; ///< when the last music ended
    std::optional<RecordId> record;
    char side = 0;
    Seconds music{0}; ///< that sounded since the needle went down: what wears a stylus
};
/// Music that is not in the library: between `from` and `to`.
struct UnknownMusic {
    Seconds from{0};
    Seconds to{0};
    HeardSide heard; ///< what makes it known the next time; of the first hour at most
};
/// The same turn over and over.
struct LockedGroove {
    TrackId track;
    Seconds at{0};
    Seconds position{0};
};

using Event =
    std::variant<NeedleDown, NeedleUp, NowPlaying, Played, SideOver, UnknownMusic, LockedGroove>;

/// What is going on at this moment.
struct Status {
    Seconds at{0};
    Sound sound = Sound::Silence;
    double level_dbfs = -120;      ///< of the last second, 100 Hz to 4 kHz
    std::optional<NowPlaying> now; ///< with `at` and `position` as of this moment
    double speed = 1;
    double speed_error = 0; ///< standard error; 0 = not known
    std::optional<Wow> wow;
    bool locked = false;
};

/// Listens to a turntable all day: when a side begins, what plays, where in it the needle is, how
/// fast the platter turns, what really was played. Pure: time is what was heard. Memory is bounded
/// (some 100 kB besides the index; of music that is not in it what was heard, 2 MB an hour, one
/// hour at most). Not thread-safe.
///
/// How: a window of the last 10 s is matched against the whole library every second (Matcher; once
/// the speed is known that costs a tenth), so nothing that happens on the platter needs a case of
/// its own: answers on one line (track time against stream time) are one hearing, a new line of the
/// same track is a skip, another track's line a segue, no line and no music a lifted needle. What
/// the side has next is believed sooner; what nobody heard but fits between two neighbours is
/// inferred.
class Listener {
public:
    using Sink = std::function<void(const Event&)>;

    /// @param index must outlive it.
    Listener(const fingerprint::Index& index, SidesOf sides, const ListenerOptions& options = {});
    ~Listener();
    Listener(Listener&&) noexcept;
    Listener& operator=(Listener&&) noexcept;

    /// @param heard the next piece of what its Ear heard. @param sink gets what happened.
    void hear(const Heard& heard, const Sink& sink);

    /// Nothing follows: what is playing ends here.
    void finish(const Sink& sink);

    Status status() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace spindle::turntable
