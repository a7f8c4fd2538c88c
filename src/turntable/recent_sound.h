// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <span>
#include <vector>

#include "fingerprint/extractor.h"
#include "fingerprint/landmark.h"

namespace spindle::turntable {

/// The landmarks of what was heard lately, by stream time. Not thread-safe.
class RecentSound {
public:
    /// @param kept how much of the past is remembered
    explicit RecentSound(Seconds kept);

    /// @param block mono at fingerprint::kLandmarkRate.
    void feed(std::span<const float> block) { extractor_.feed(block); }
    /// Takes what has become final, and drops what is too long ago at stream time `now`.
    void settle(Seconds now);
    /// Nothing more follows: what the extractor holds back becomes final with the next settle().
    void finish() { extractor_.finish(); }
    /// What is fed from now on, stream time `now`, does not join what was before.
    void forget(Seconds now);

    /// Stream time of the first sample that is remembered at all.
    Seconds origin() const { return origin_; }

    struct Clip {
        std::vector<fingerprint::Landmark> landmarks; ///< ticks from `start`
        Seconds start{0};                             ///< stream time
        bool empty() const { return landmarks.empty(); }
        Seconds length() const;
    };
    /// What was heard since `from`.
    Clip since(Seconds from) const;

    /// All of it; ticks from origin().
    std::vector<fingerprint::Landmark> all() const { return {recent_.begin(), recent_.end()}; }

private:
    Seconds kept_;
    fingerprint::LandmarkExtractor extractor_;
    std::deque<fingerprint::Landmark> recent_;
    Seconds origin_{0};
};

} // namespace spindle::turntable
