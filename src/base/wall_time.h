// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>

#include "base/boot_time.h"
#include "base/result.h"

namespace spindle {

/// A moment of the calendar: UTC since 1970-01-01, without leap seconds, as POSIX counts.
struct UtcTime {
    std::chrono::nanoseconds since_1970{0};
    friend constexpr auto operator<=>(const UtcTime&, const UtcTime&) = default;

    /// Whole seconds, rounded down: what services take.
    constexpr std::int64_t seconds() const {
        return std::chrono::floor<std::chrono::seconds>(since_1970).count();
    }
};

/// How far the system's wall clock is to be believed.
enum class ClockTrust {
    Wrong,        ///< it shows a time before this program was written: it was never set
    Unconfirmed,  ///< it may be right (a battery kept it, a host set it); nobody has said so
    Synchronized, ///< a time server confirmed it since the machine was started
};

/// "wrong", "unconfirmed", "synchronized"
std::string_view name_of(ClockTrust trust);

/// Both clocks at one moment, and whether the second is to be believed.
struct ClockReading {
    BootTime boot{};
    UtcTime utc{};
    ClockTrust trust = ClockTrust::Unconfirmed;
};

/// The calendar's name for a moment of this run of the machine, by a reading taken before or after
/// it. A small box without a battery starts years off: what it records is stamped with BootTime and
/// converted once a reading is Synchronized; then events from before are right as well. While
/// nothing better comes, an Unconfirmed reading may do after some minutes (a machine without
/// network time is never Synchronized); a Wrong one never does.
constexpr UtcTime to_utc(BootTime moment, const ClockReading& reading) {
    return {reading.utc.since_1970 + (moment.since_boot - reading.boot.since_boot)};
}

/// And back, for moments of this run of the machine.
constexpr BootTime to_boot(UtcTime moment, const ClockReading& reading) {
    return {reading.boot.since_boot + (moment.since_1970 - reading.utc.since_1970)};
}

/// What a reading is made from; tests bring their own.
struct ClockSources {
    std::function<BootTime()> boot;
    std::function<UtcTime()> utc;
    std::function<bool()> kernel_synchronized;  ///< adjtimex() does not say TIME_ERROR
    std::function<bool()> service_synchronized; ///< systemd-timesyncd has set the clock
};

/// CLOCK_BOOTTIME, CLOCK_REALTIME, adjtimex() and /run/systemd/timesync/synchronized.
ClockSources system_clock_sources();

/// Reads both clocks within microseconds of each other: the boot clock twice, around the other, and
/// again if something came between. A few microseconds; any thread.
ClockReading read_clocks(const ClockSources& sources);

/// Which run of the machine this is: 36 characters that change with each start. A BootTime on disk
/// whose boot_id is another one can no longer be converted.
/// Code::Failed where the kernel does not say.
Result<std::string> boot_id();

} // namespace spindle
