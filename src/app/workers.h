// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>

namespace spindle::app {

/// Does `work(i)` for i in [0, count) on `threads` threads, in rising order of starting, until done
/// or stopped. Returns when all threads have finished. `work` is called from several threads at
/// once and must not throw. One item in hand per thread: memory does not grow with `count`.
void for_each_parallel(std::size_t count, unsigned threads, const std::stop_token& stop,
                       const std::function<void(std::size_t)>& work);

/// How many threads to use when the owner does not say: one per core.
unsigned default_threads();

} // namespace spindle::app
