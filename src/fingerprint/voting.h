// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "fingerprint/index.h"
#include "fingerprint/landmark.h"
#include "fingerprint/matcher.h"

namespace spindle::fingerprint {

/// Where many pairs of a clip agree: a guess for verification.
struct Guess {
    double offset = 0; ///< ticks on the index timeline at the clip's first sample
    double speed = 1;
    std::uint32_t moment = 0; ///< of one of its hits: names the track
    int votes = 0;
};

/// Looks the clip's pairs up and finds the densest places in (offset, speed), best first.
/// Pairs of strong landmarks are looked up first, until options.budget postings have been read.
std::vector<Guess> vote(const Index& index, std::span<const Landmark> clip, const Prior& prior,
                        const MatchOptions& options);

} // namespace spindle::fingerprint
