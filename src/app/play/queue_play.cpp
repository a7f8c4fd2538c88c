// SPDX-License-Identifier: Apache-2.0
#include "app/play/queue_play.h"

#include <utility>

#include "base/wall_time.h"

namespace spindle::app {

using scrobble::Listen;
using scrobble::RuleVerdict;

Result<QueuedPlay> queue_play(store::ScrobbleStore& store, const Listen& play,
                              std::span<const std::string> services,
                              const scrobble::RuleOptions& rule, std::int64_t now,
                              const std::optional<store::BootMoment>& unset_clock) {
    Listen listen = play;
    if (unset_clock) {
        listen.started_at = scrobble::kFirstScrobble; // until it is known
    }
    SPINDLE_TRY(listen, scrobble::cleaned(std::move(listen)));
    std::optional<Listen> last;
    if (!unset_clock) { // else there is no telling how far apart they are
        SPINDLE_TRY(last, store.last_listen());
    }
    // The same play once more, by a caller that was killed: the store knows it.
    const bool again =
        last && scrobble::same_track(*last, listen) && last->started_at == listen.started_at;
    const RuleVerdict verdict = scrobble::judge(listen, again ? std::nullopt : last, rule);
    if (verdict != RuleVerdict::Scrobble || services.empty()) {
        return QueuedPlay{verdict, 0};
    }
    SPINDLE_TRY(const auto id, store.queue({listen, unset_clock}, services, now));
    return QueuedPlay{verdict, id};
}

ClockState clock_state() {
    const ClockReading reading = read_clocks(system_clock_sources());
    ClockState state;
    state.set = reading.trust == ClockTrust::Synchronized;
    state.moment.since = reading.boot - BootTime{};
    if (auto boot = boot_id()) {
        state.moment.boot = std::move(*boot);
    }
    return state;
}

Result<int> settle_clock(store::ScrobbleStore& store, const ClockState& clock, std::int64_t now) {
    if (!clock.set || clock.moment.boot.empty()) {
        return 0;
    }
    return store.set_clock(clock.moment, now);
}

} // namespace spindle::app
