// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/result.h"
#include "scrobble/scrobble_rule.h"
#include "store/scrobble_store.h"

namespace spindle::app {

/// What became of a play.
struct QueuedPlay {
    scrobble::RuleVerdict verdict = scrobble::RuleVerdict::Scrobble;
    std::int64_t id = 0; ///< of the listen; 0 if it was not queued
};

/// Queues a play for all `services`, if it is a scrobble by the rule. Asking again with the same
/// play queues nothing twice, so a caller that was killed may simply ask again.
/// @param services names of accounts; none: nothing is queued, and the verdict tells the rule's
/// @param unset_clock when the clock was not set as the play began: its time is worked out by
///        settle_clock(); `play.started_at` is not looked at
/// @param now seconds since 1970-01-01 UTC
Result<QueuedPlay> queue_play(store::ScrobbleStore& store, const scrobble::Listen& play,
                              std::span<const std::string> services,
                              const scrobble::RuleOptions& rule, std::int64_t now,
                              const std::optional<store::BootMoment>& unset_clock = {});

/// This machine's clock.
struct ClockState {
    bool set = true;            ///< somebody has set it since the machine was started
    store::BootMoment moment{}; ///< now
};
/// Asks the kernel, and systemd where it is there.
ClockState clock_state();

/// Gives times to listens that were queued before the clock was set, once it is.
/// @return how many
Result<int> settle_clock(store::ScrobbleStore& store, const ClockState& clock, std::int64_t now);

} // namespace spindle::app
