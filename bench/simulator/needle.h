// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/units.h"
#include "simulator/side.h"
#include "simulator/transport.h"

namespace spindle::simulator {

/// Where the sound comes from.
enum class Source {
    Line,   ///< nothing plays: what the cable and the amplifier add
    Groove, ///< the needle is down
    Other,  ///< another sound on the same amplifier: radio, somebody who talks
};

/// Why a stretch begins as it does.
enum class Arrival {
    Anew,    ///< the needle came down: what is heard is a play of its own
    Resumed, ///< the needle came down again about where it was lifted: the same play goes on
    Jumped,  ///< the needle jumped
    Locked,  ///< ... back by one turn, in a locked groove
    Onward,  ///< it left the locked groove where it would have without
};

/// A stretch of the stream during which one thing goes on. Times are stream time, on the grid.
struct Stretch {
    Source source = Source::Line;
    Seconds start{0};
    Seconds end{0};
    std::size_t number = 0; ///< of the side, or of the other sound
    Arrival arrival = Arrival::Anew;
    /// Groove: place in the groove = base + transport.record_time(stream time).
    /// Other: place in the sound = base + stream time.
    double base = 0;
};

/// The arm of a turntable, moved by a script: what it does becomes a list of stretches without
/// gaps. The platter turns on whatever the arm does.
class Arm {
public:
    explicit Arm(const Transport& transport) : transport_(transport) {}

    /// The needle is up for so long.
    void rest(Seconds time);
    /// Lets the needle down at a place in the groove of a side. Nothing has sounded yet.
    void drop(std::size_t side, Seconds place, Arrival arrival = Arrival::Anew);
    /// Plays on until the groove is at `place`; nothing when it is there already.
    void play_to(Seconds place);
    void play_for(Seconds time);
    /// Jumps by whole turns, forward or (below 0) back. It has played since it came down.
    void jump(int turns);
    /// The last turn again and again for about so long (whole turns), then on.
    void lock(Seconds time);
    /// Another sound for so long, from a place in it. The needle is up.
    void other(std::size_t sound, Seconds from, Seconds time);

    Seconds now() const { return now_; }
    /// Where in the groove the needle is.
    Seconds place() const;
    const Transport& transport() const { return transport_; }
    const std::vector<Stretch>& path() const { return path_; }

private:
    void move_on(Stretch stretch, Seconds time);

    Transport transport_;
    Seconds now_{0};
    Stretch down_;           ///< how the needle is in the groove, while it is
    bool has_begun_ = false; ///< the last of the path is that stretch
    std::vector<Stretch> path_;
};

/// Place in the groove (seconds) at a stream time of a stretch.
Seconds place_at(const Stretch& stretch, const Transport& transport, Seconds time);

/// When a stretch reaches a place in the groove: its start or end when that is before or after.
Seconds time_of(const Stretch& stretch, const Transport& transport, Seconds place);

} // namespace spindle::simulator
