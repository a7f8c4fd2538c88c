// SPDX-License-Identifier: Apache-2.0
#include "catalog/certainty.h"

#include <algorithm>
#include <cmath>

namespace spindle::catalog {
namespace {

constexpr double kInCatalog = 0.9;   ///< of what is photographed
constexpr double kTemperature = 1.0; ///< words of one title are not independent

} // namespace

Posterior judge(std::span<const double> scores, double releases) {
    Posterior posterior;
    const double prior = std::log(kInCatalog / std::max(releases, 1.0));
    const double none = std::log(1 - kInCatalog);
    double highest = none;
    for (const double score : scores) {
        highest = std::max(highest, score / kTemperature + prior);
    }
    double sum = std::exp(none - highest);
    posterior.none = sum;
    for (const double score : scores) {
        posterior.candidates.push_back(std::exp(score / kTemperature + prior - highest));
        sum += posterior.candidates.back();
    }
    posterior.none /= sum;
    for (double& probability : posterior.candidates) {
        probability /= sum;
    }
    return posterior;
}

} // namespace spindle::catalog
