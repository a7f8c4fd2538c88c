// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "turntable/ear.h"
#include "turntable/heard_side.h"
#include "turntable/sound_gate.h"

namespace spindle::turntable {

/// Remembers what was heard since the music began that nobody knows: a side of it is a few hundred
/// kilobytes. What is known by now is forgotten. By stream time; not thread-safe.
class SideMemory {
public:
    /// No side is longer than this; of what plays on for longer (a radio) the first hour is kept.
    static constexpr Seconds kLongest{3600};

    /// @param zero stream time of its landmarks' tick 0. @param gate what has heard the same.
    /// @param keep_from what was before is forgotten
    void hear(const Heard& heard, Seconds zero, const SoundGate& gate, Seconds keep_from);
    /// The needle was lifted: what comes does not join what was.
    void lift();
    /// Time that was not recorded: what is heard next is of stream time `now`.
    void lost(Seconds now);

    /// For how long it has been as quiet as the groove of this record, or quieter.
    Seconds quiet_for() const { return FrameLevel::kFrame * static_cast<double>(quiet_); }
    /// What was heard in [from, to), as far as it is remembered.
    HeardSide between(Seconds from, Seconds to) const;

private:
    struct Mark {
        Seconds at{0};
        fingerprint::Landmark landmark; ///< its tick is not used
    };
    void take(const Heard& heard, Seconds zero);
    void learn_groove(const SoundGate& gate);
    void keep_levels();

    Seconds keep_from_{0};
    std::deque<Mark> marks_;
    std::deque<std::uint8_t> levels_;
    std::int64_t first_level_ = 0;    ///< frame number of levels_.front() since stream time 0
    std::vector<std::uint8_t> fresh_; ///< frames of the last second, and some before them
    std::size_t looked_at_ = 0;       ///< of these, what keep_levels() has had
    std::int64_t frames_ = 0;         ///< in all
    /// With the needle down, as the gate sees it, and the quietest steady moment then.
    struct Period {
        Seconds down{0};
        Seconds until{0};
        std::uint8_t groove = 0; ///< level_byte; 0: not known yet
    };
    std::deque<Period> periods_;
    std::int64_t quiet_ = 0; ///< frames, but for single pops
    std::int64_t loud_ = 0;  ///< frames in a row
};

} // namespace spindle::turntable
