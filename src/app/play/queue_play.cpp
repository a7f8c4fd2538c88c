// SPDX-License-Identifier: Apache-2.0
#include "app/play/queue_play.h"

#include <ctime>
#include <filesystem>

#include <sys/timex.h>

#include "base/text.h"
#include "io/file.h"

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
    ClockState state;
    timex unchanged{};
    std::error_code ignored;
    // Not set: the kernel says so, and no time service says otherwise (one may keep the time
    // without telling the kernel).
    state.set = ::adjtimex(&unchanged) != TIME_ERROR ||
                std::filesystem::exists("/run/systemd/timesync/synchronized", ignored);
    timespec since{};
    if (::clock_gettime(CLOCK_BOOTTIME, &since) == 0) {
        state.moment.since =
            Seconds{static_cast<double>(since.tv_sec) + static_cast<double>(since.tv_nsec) * 1e-9};
    }
    if (const auto boot = io::read_file("/proc/sys/kernel/random/boot_id", 64)) {
        state.moment.boot = text::trimmed(*boot);
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
