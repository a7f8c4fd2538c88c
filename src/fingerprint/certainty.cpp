// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/certainty.h"

#include <algorithm>
#include <cmath>

namespace spindle::fingerprint {
namespace {

/// A track this far down the list is wrong for certain, unless the library holds the same music five
/// times.
constexpr std::size_t kBackground = 4;
/// Score of the fifth-best track for an ordinary clip: stands in when the library has fewer tracks.
constexpr double kUsualBackground = 14;
constexpr double kBackgroundWeight = 1.25;
/// Chance that the clip is in the library = logistic(kSlope * (margin - kEven)).
constexpr double kEven = 13.0;
constexpr double kSlope = 0.6;
/// Chance that the first of two is the right one = logistic(kTieSlope * difference of scores).
constexpr double kTieSlope = 0.15;

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

} // namespace

void judge_certainty(std::span<Candidate> candidates) {
    if (candidates.empty()) {
        return;
    }
    const double background =
        std::max(kUsualBackground,
                 candidates.size() > kBackground ? candidates[kBackground].score : 0.0);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const double margin = candidates[i].score - kBackgroundWeight * background;
        candidates[i].in_library = logistic(kSlope * (margin - kEven));
        const double rival = i > 0 ? candidates[0].score
                                   : candidates.size() > 1 ? candidates[1].score : 0.0;
        candidates[i].confidence =
            candidates[i].in_library * logistic(kTieSlope * (candidates[i].score - rival));
    }
}

} // namespace spindle::fingerprint
