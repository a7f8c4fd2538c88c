// SPDX-License-Identifier: Apache-2.0
#include "grade/model/feature.h"

#include <algorithm>
#include <cmath>

namespace spindle::grade {

double Stretches::passed(std::size_t number, double value) const {
    const double from = knots[number];
    const double to = knots[number + 1];
    return std::clamp((value - from) / (to - from), 0.0, 1.0);
}

Stretches Stretches::over(std::span<const double> values, std::size_t wanted) {
    // Beyond these shares are single records; a straight line between is better than a step.
    constexpr double kLowest = 0.01;
    constexpr double kHighest = 0.99;
    std::vector<double> sorted;
    std::copy_if(values.begin(), values.end(), std::back_inserter(sorted),
                 [](double value) { return std::isfinite(value); });
    std::sort(sorted.begin(), sorted.end());
    Stretches stretches;
    if (sorted.empty()) {
        return stretches;
    }
    const double spread = sorted.back() - sorted.front();
    for (std::size_t i = 0; i <= wanted; ++i) {
        const double share = kLowest + (kHighest - kLowest) * static_cast<double>(i) /
                                           static_cast<double>(std::max<std::size_t>(1, wanted));
        const auto place =
            static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1) + 0.5);
        const double knot = sorted[place];
        if (stretches.knots.empty() || knot > stretches.knots.back() + 1e-6 * spread) {
            stretches.knots.push_back(knot);
        }
    }
    if (stretches.knots.size() < 2) {
        stretches.knots.clear();
    }
    return stretches;
}

} // namespace spindle::grade
