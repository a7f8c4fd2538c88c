// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "base/units.h"
#include "scrobble/listen.h"

namespace spindle::scrobble {

/// When the track that was scrobbled last may be scrobbled again.
enum class RepeatRule {
    /// Each time it is really played: the needle was put down again, or it is on the other side,
    /// too. Only a play that begins before the one before it was over is the same play told twice
    /// (a skipping needle, a second listener) and does not count.
    EachRealPlay,
    /// Not before 24 hours after it began last, unless another track was scrobbled meanwhile. What
    /// counts is the last scrobble there is, also one from before a restart.
    OncePerDay,
};

struct RuleOptions {
    /// Services take no track of 30 s or less (Last.fm's rule); jingles and locked grooves.
    Seconds shortest{30};
    /// This much of it must have been heard ...
    double share = 0.5;
    /// ... or this, whichever is less (Last.fm and ListenBrainz alike).
    Seconds enough{240};
    RepeatRule repeat = RepeatRule::EachRealPlay;
    Seconds repeat_after{24.0 * 3600}; ///< of OncePerDay
};

enum class RuleVerdict {
    Scrobble,
    TooShort,       ///< the track is 30 s or shorter
    HeardTooLittle, ///< neither half of it nor four minutes
    Repeated,       ///< the repeat rule
};

/// Is `play` a scrobble? Counts what was *heard* (Listen::played), not the time that went by. A
/// track of unknown length needs four minutes. Pure; the same question has the same answer.
/// @param last the listen that was queued last, if any
RuleVerdict judge(const Listen& play, const std::optional<Listen>& last,
                  const RuleOptions& options);

/// Why not, for a person: "heard for less than half of it and less than 4 minutes".
std::string_view reason_of(RuleVerdict verdict);

} // namespace spindle::scrobble
