// SPDX-License-Identifier: Apache-2.0
#include "base/wall_time.h"

#include <filesystem>
#include <fstream>

#include <sys/timex.h>
#include <time.h>

namespace spindle {
namespace {

using namespace std::chrono_literals;

// 2026-01-01: no clock that is right shows less, as there was no such program then.
constexpr UtcTime kEarliest{1'767'225'600s};

// Two readings this close say "at the same moment" for all purposes here.
constexpr Seconds kTogether{0.001};
constexpr int kAttempts = 5;

} // namespace

std::string_view name_of(ClockTrust trust) {
    switch (trust) {
    case ClockTrust::Wrong:
        return "wrong";
    case ClockTrust::Unconfirmed:
        return "unconfirmed";
    case ClockTrust::Synchronized:
        return "synchronized";
    }
    return "wrong";
}

ClockSources system_clock_sources() {
    return {
        .boot = [] { return SystemBootClock().now(); },
        .utc =
            [] {
                timespec time{};
                ::clock_gettime(CLOCK_REALTIME, &time);
                return UtcTime{std::chrono::seconds{time.tv_sec} +
                               std::chrono::nanoseconds{time.tv_nsec}};
            },
        .kernel_synchronized =
            [] {
                timex clock{};
                const int state = ::adjtimex(&clock);
                return state >= 0 && state != TIME_ERROR;
            },
        .service_synchronized =
            [] {
                std::error_code ignored;
                return std::filesystem::exists("/run/systemd/timesync/synchronized", ignored);
            },
    };
}

ClockReading read_clocks(const ClockSources& sources) {
    ClockReading reading;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        const BootTime before = sources.boot();
        reading.utc = sources.utc();
        const Seconds apart = sources.boot() - before;
        reading.boot = before + apart / 2;
        if (apart <= kTogether) {
            break;
        }
    }
    if (reading.utc < kEarliest) {
        reading.trust = ClockTrust::Wrong;
    } else if (sources.kernel_synchronized() || sources.service_synchronized()) {
        reading.trust = ClockTrust::Synchronized;
    } else {
        reading.trust = ClockTrust::Unconfirmed;
    }
    return reading;
}

Result<std::string> boot_id() {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    constexpr std::size_t kLength = 36;
    if (!std::getline(file, id) || id.size() != kLength) {
        return fail(Code::Failed, "/proc/sys/kernel/random/boot_id: cannot be read");
    }
    return id;
}

} // namespace spindle
