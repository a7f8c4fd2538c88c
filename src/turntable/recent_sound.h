// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <span>
#include <vector>

#include "fingerprint/landmark.h"

namespace spindle::turntable {

/// The landmarks of what was heard lately, by stream time. Not thread-safe.
class RecentSound {
public:
    /// @param kept how much of the past is remembered
    explicit RecentSound(Seconds kept);

    /// @param landmarks in order of time, Density::Query. @param zero stream time of their tick 0;
    /// the same but after forget(). @param now stream time: what is too long ago is dropped.
    void hear(std::span<const fingerprint::Landmark> landmarks, Seconds zero, Seconds now);
    /// What was before stream time `now` is forgotten.
    void forget(Seconds now);

    /// Stream time of the first sample that is remembered at all.
    Seconds origin() const { return remembered_from_; }

    struct Clip {
        std::vector<fingerprint::Landmark> landmarks; ///< ticks from `start`
        Seconds start{0};                             ///< stream time
        bool empty() const { return landmarks.empty(); }
        Seconds length() const;
    };
    /// What was heard since `from`.
    Clip since(Seconds from) const;

    /// All of it; ticks as they came.
    std::vector<fingerprint::Landmark> all() const { return {recent_.begin(), recent_.end()}; }

private:
    Seconds kept_;
    std::deque<fingerprint::Landmark> recent_;
    Seconds zero_{0}; ///< stream time of tick 0
    Seconds remembered_from_{0};
};

} // namespace spindle::turntable
