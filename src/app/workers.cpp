// SPDX-License-Identifier: Apache-2.0
#include "app/workers.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace spindle::app {

unsigned default_threads() {
    return std::max(1U, std::thread::hardware_concurrency());
}

void for_each_parallel(std::size_t count, unsigned threads, const std::stop_token& stop,
                       const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    const auto run = [&] {
        for (;;) {
            const std::size_t item = next.fetch_add(1);
            if (item >= count || stop.stop_requested()) {
                return;
            }
            work(item);
        }
    };
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < std::min<std::size_t>(threads, count); ++i) {
        others.emplace_back(run);
    }
    run();
}

} // namespace spindle::app
