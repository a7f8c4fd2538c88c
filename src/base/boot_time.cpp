// SPDX-License-Identifier: Apache-2.0
#include "base/boot_time.h"

#include <condition_variable>
#include <mutex>

#include <time.h>

namespace spindle {

BootTime SystemBootClock::now() const {
    timespec time{};
    ::clock_gettime(CLOCK_BOOTTIME, &time);
    return {std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec}};
}

void SystemBootClock::wait(Seconds length, const std::stop_token& stop) const {
    if (length.count() <= 0) {
        return;
    }
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    woken.wait_for(lock, stop, length, [] { return false; });
}

} // namespace spindle
