// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/units.h"

namespace spindle {

/// How far one long job is: the same struct for the terminal, the event stream and tests.
struct Progress {
    std::string step;                 ///< named step: "indexing", "merging"
    std::string item;                 ///< what is in hand, for a person; may be empty
    std::uint64_t done = 0;           ///< units finished
    std::uint64_t total = 0;          ///< units in all; 0 while unknown
    std::optional<Seconds> remaining; ///< estimate, once there is one
};

/// Receives progress; called from the thread that runs the job, often: receivers throttle.
using ProgressSink = std::function<void(const Progress&)>;

/// Estimates the time left from work done so far, smoothed so that one slow item does not throw it.
/// Pure: the caller brings the clock.
class RemainingTime {
public:
    /// @param elapsed since the job began; @param done, @param total in the same unit, total > 0.
    /// @return nothing until at least 1 s and 1 unit of work have passed.
    std::optional<Seconds> estimate(Seconds elapsed, double done, double total);

private:
    double rate_ = 0; // smoothed units per second
    double last_elapsed_ = 0;
    double last_done_ = 0;
};

} // namespace spindle
