// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <span>

#include "fingerprint/extractor.h"
#include "turntable/heard_side.h"
#include "turntable/sound_gate.h"

namespace spindle::turntable {

/// Remembers what was heard since the music began that nobody knows: a side of it is a few hundred
/// kilobytes. What is known by now is forgotten. By stream time; not thread-safe.
class SideMemory {
public:
    /// No side is longer than this; of what plays on for longer (a radio) the first hour is kept.
    static constexpr Seconds kLongest{3600};

    SideMemory();

    /// @param block mono at fingerprint::kLandmarkRate.
    void feed(std::span<const float> block) { extractor_.feed(block); }
    /// Takes what has become final. Called at least once a second, or pauses may be missed.
    /// @param gate what the same sound was fed to. @param keep_from what was before is forgotten
    void settle(const SoundGate& gate, Seconds keep_from);
    /// Time that was not recorded: what is fed next is of stream time `now`.
    void lost(Seconds now);
    /// Nothing more follows.
    void finish() { extractor_.finish(); }

    /// What was heard in [from, to), as far as it is remembered.
    HeardSide between(Seconds from, Seconds to) const;

private:
    void take(Seconds keep_from);

    fingerprint::LandmarkExtractor extractor_;
    Seconds origin_{0}; ///< of the extractor, and so of the ticks it gives
    struct Mark {
        Seconds at{0};
        fingerprint::Landmark landmark; ///< its tick is not used
    };
    std::deque<Mark> marks_;
    std::deque<Pause> pauses_;
    Seconds music_ended_{-1}; ///< the gate's last_music() at the last settle(); -1: none yet
    Seconds onset_{0};
};

} // namespace spindle::turntable
