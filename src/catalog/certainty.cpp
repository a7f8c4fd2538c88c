// SPDX-License-Identifier: Apache-2.0
#include "catalog/certainty.h"

#include <algorithm>
#include <cmath>

namespace spindle::catalog {
namespace {

constexpr double kInCatalog = 0.9;      ///< of what is photographed
constexpr double kOtherOfArtist = 0.03; ///< of an artist's releases are not in the catalog

} // namespace

Posterior judge(std::span<const double> scores, double other_of_artist, double releases) {
    Posterior posterior;
    const double prior = std::log(kInCatalog / std::max(releases, 1.0));
    const double unknown = std::log(1 - kInCatalog);
    const double other = std::log(kOtherOfArtist) + prior + other_of_artist;
    const double none = std::max(unknown, other);
    double highest = none;
    for (const double score : scores) {
        highest = std::max(highest, score + prior);
    }
    double sum = std::exp(none - highest);
    posterior.none = sum;
    for (const double score : scores) {
        posterior.candidates.push_back(std::exp(score + prior - highest));
        sum += posterior.candidates.back();
    }
    posterior.none /= sum;
    for (double& probability : posterior.candidates) {
        probability /= sum;
    }
    return posterior;
}

} // namespace spindle::catalog
