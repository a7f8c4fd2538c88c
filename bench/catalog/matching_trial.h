// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "catalog/match.h"
#include "catalog/matcher.h"
#include "catalog/release.h"
#include "catalog/spine_noise.h"

namespace spindle::bench {

/// One way in which spines are read badly.
struct ReadingCondition {
    std::string name;
    NoiseOptions noise;
};

/// The conditions figures are given for: "5 %" and "10 %" of signs wrong with a number, and
/// "text 10 %" without one.
std::vector<ReadingCondition> standard_conditions();

/// What came of one spine.
struct MatchingTrial {
    bool answered = false;        ///< the verdict was Found
    bool group_right = false;     ///< the first group is the recording (whatever the verdict)
    bool pressing_listed = false; ///< the very release is among the pressings tied for first
    std::size_t tied = 0;
    double probability = 0; ///< given to the first group
    Seconds elapsed{0};     ///< of match(), by the processor's clock
    std::string seen;       ///< for a person to look at
    std::string found;
};

/// What a reader that tries both directions gives for a spine read badly: one reading, and one of
/// rubbish, in either order.
catalog::SpineText spine_text_of(const NoisySpine& spine, std::uint64_t seed);

/// Reads the spine of `release` badly and asks the matcher for it. The same arguments give the same
/// trial on every machine, the time aside.
Result<MatchingTrial> try_matching(const catalog::Matcher& matcher, const catalog::Release& release,
                                   const NoiseOptions& noise, std::uint64_t seed);

} // namespace spindle::bench
