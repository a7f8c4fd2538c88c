// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <stop_token>

#include "base/units.h"

namespace spindle {

/// A moment counted from the start of this machine (CLOCK_BOOTTIME): it never jumps, goes on while
/// the machine sleeps, and is right when the wall clock is not yet. It means nothing after the next
/// start of the machine: what is kept on disk is kept with boot_id() (wall_time.h), or as UTC.
struct BootTime {
    std::chrono::nanoseconds since_boot{0};
    friend constexpr auto operator<=>(const BootTime&, const BootTime&) = default;
};

constexpr BootTime operator+(BootTime moment, Seconds length) {
    return {moment.since_boot + std::chrono::duration_cast<std::chrono::nanoseconds>(length)};
}
constexpr BootTime operator-(BootTime moment, Seconds length) {
    return moment + Seconds{-length.count()};
}
constexpr Seconds operator-(BootTime later, BootTime earlier) {
    return later.since_boot - earlier.since_boot;
}

/// Tells and waits. The system's, or a test's that runs as fast as it likes.
/// Thread-safe, as all its functions are const.
class BootClock {
public:
    virtual ~BootClock() = default;
    BootClock(const BootClock&) = delete;
    BootClock& operator=(const BootClock&) = delete;

    virtual BootTime now() const = 0;
    /// Returns after that much of this clock's time, or sooner when asked to stop.
    virtual void wait(Seconds length, const std::stop_token& stop) const = 0;
    /// How long that is by the machine's own clock, for those who wait for something else
    /// meanwhile.
    virtual Seconds real_time(Seconds length) const { return length; }

protected:
    BootClock() = default;
};

/// CLOCK_BOOTTIME itself.
class SystemBootClock final : public BootClock {
public:
    BootTime now() const override;
    void wait(Seconds length, const std::stop_token& stop) const override;
};

} // namespace spindle
