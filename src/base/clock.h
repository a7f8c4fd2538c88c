// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

namespace spindle {

/// The system's time, in seconds since 1970-01-01 UTC. It may jump: for lengths of time take a
/// steady clock.
inline std::int64_t system_seconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace spindle
