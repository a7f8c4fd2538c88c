// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>

#include "base/units.h"

namespace spindle::market {

/// A clock that never jumps and a way to let it run on; tests bring ones that take no time. Both
/// are called from any thread.
struct Waiting {
    std::function<std::chrono::steady_clock::time_point()> now;
    /// Returns after that long, or at once when stopped.
    std::function<void(Seconds, const std::stop_token&)> pause;
};

Waiting real_waiting();

} // namespace spindle::market
