// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "turntable/ear.h"
#include "turntable/heard_side.h"
#include "turntable/side_memory.h"
#include "turntable/sound_gate.h"

namespace spindle::turntable {

struct RecorderOptions {
    Seconds lifted{10}; ///< silence for this long after music: the needle is up
    /// Groove noise only, for this long after music: the side has run out. Music may be as quiet.
    Seconds run_out{45};
    /// A recording ends by itself; what is quiet in it may be followed by more.
    enum class Source { Turntable, Recording } source = Source::Turntable;
};

/// Listens to one side from the needle's drop to the run-out and keeps what makes it known the next
/// time. Block sizes do not matter. Not thread-safe; a few hundred kilobytes.
class SideRecorder {
public:
    explicit SideRecorder(const RecorderOptions& options = {});

    /// @param block mono at fingerprint::kLandmarkRate. What comes after is_over() is not heard.
    void feed(std::span<const float> block);
    /// Sound that was played and not recorded.
    void lost(Seconds gap);

    Seconds now() const { return now_; }
    /// Music heard so far, pauses within it too; 0 before it begins.
    Seconds music() const;
    double level() const { return gate_.level(); }
    /// The side has been played, or is longer than any side.
    bool is_over() const { return over_; }

    /// Ends it. @return all since the first music, the run-out too (split_tracks() leaves it out);
    ///         no length when there was none.
    HeardSide finish();

private:
    void hear(const Heard& heard);

    RecorderOptions options_;
    Ear ear_;
    SoundGate gate_;
    SideMemory memory_;
    std::uint64_t samples_ = 0;
    Seconds now_{0};
    Seconds begun_{-1}; ///< of the first music; -1: none yet
    bool over_ = false;
};

} // namespace spindle::turntable
