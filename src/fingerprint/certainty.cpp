// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/certainty.h"

#include <algorithm>
#include <cmath>

namespace spindle::fingerprint {
namespace {

// How far the best score stands out. The second and the fifth track tell how well wrong ones fit
// this clip; beyond kMostRival they fit because the library holds the same music again.
constexpr std::size_t kBackground = 4;
constexpr double kRivalWeight = 0.9;
constexpr double kBackgroundWeight = 0.5;
constexpr double kMostRival = 30;
/// Stand in where the library has fewer tracks: medians over clips that are in no library.
constexpr double kUsualRival = 9;
constexpr double kUsualBackground = 6;

// Chance that the clip is in the library = logistic(kSlope * (margin - even)), even = kEven plus a
// little for clips longer than 5 s (about kUsualExpected landmarks), whose chance fits score
// higher.
constexpr double kSlope = 0.7;
constexpr double kEven = 11.0;
constexpr double kUsualExpected = 90;
constexpr double kEvenPerLandmark = 0.1;

/// No chance is stated better than the benchmark can show: 3,000 clips without an error.
constexpr double kMostCertain = 0.9995;

/// Chance that the first of two is the right one = logistic(kTieSlope * difference of scores).
constexpr double kTieSlope = 0.15;

double logistic(double x) {
    return 1 / (1 + std::exp(-x));
}

} // namespace

void judge_certainty(std::span<Candidate> candidates) {
    const auto score = [&](std::size_t i, double otherwise) {
        return i < candidates.size() ? std::max(otherwise, candidates[i].score) : otherwise;
    };
    const double discount =
        kRivalWeight * std::min(score(1, kUsualRival), kMostRival) +
        kBackgroundWeight * std::min(score(kBackground, kUsualBackground), kMostRival);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        Candidate& candidate = candidates[i];
        const double even =
            kEven + kEvenPerLandmark * std::max(0.0, candidate.expected - kUsualExpected);
        candidate.in_library =
            std::min(kMostCertain, logistic(kSlope * (candidate.score - discount - even)));
        const double rival = i > 0 ? candidates[0].score : score(1, 0.0);
        candidate.confidence =
            candidate.in_library * logistic(kTieSlope * (candidate.score - rival));
    }
}

} // namespace spindle::fingerprint
