// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

namespace spindle::catalog {

/// How probable each candidate is, and that it is none of them.
struct Posterior {
    std::vector<double> candidates; ///< in the order given
    double none = 1;
};

/// Turns scores (nats against "nothing in the catalog") into probabilities: Bayes with an equal
/// prior for every release. The priors are set by hand; how honest the outcome is was measured on
/// spines nothing was tuned on (docs/catalog.md, reliability).
/// @param scores best first.
/// @param other_of_artist the score of "another release of that artist, which is not in the
/// catalog", times how many the artist has: an artist alone makes no match.
/// @param releases in the catalog.
Posterior judge(std::span<const double> scores, double other_of_artist, double releases);

} // namespace spindle::catalog
