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

/// Speeds at which the clip may run, 1 = right.
struct SpeedRange {
    double slowest = 1;
    double fastest = 1;
};

/// Looks the clip's pairs up and finds the densest places in (offset, speed), best first.
/// Pairs of strong landmarks are looked up first, until effort.budget postings have been read.
std::vector<Guess> vote(const Index& index, std::span<const Landmark> clip,
                        const SpeedRange& speeds, const SearchEffort& effort);

} // namespace spindle::fingerprint
