// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <compare>

namespace spindle {

/// A length of time, or a position counted from the start of a recording.
using Seconds = std::chrono::duration<double>;

/// Samples per second of one channel.
struct SampleRate {
    int hz = 0;
    friend constexpr auto operator<=>(const SampleRate&, const SampleRate&) = default;
};

} // namespace spindle
