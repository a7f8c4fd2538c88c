// SPDX-License-Identifier: Apache-2.0
#include "market/waiting.h"

#include <condition_variable>
#include <mutex>

namespace spindle::market {

Waiting real_waiting() {
    return {[] { return std::chrono::steady_clock::now(); },
            [](Seconds length, const std::stop_token& stop) {
                std::mutex mutex;
                std::condition_variable_any nothing;
                std::unique_lock lock(mutex);
                nothing.wait_for(lock, stop, length, [] { return false; });
            }};
}

} // namespace spindle::market
