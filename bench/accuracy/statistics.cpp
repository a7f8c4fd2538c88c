// SPDX-License-Identifier: Apache-2.0
#include "accuracy/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace spindle::accuracy {

Interval wilson(const Share& share) {
    if (share.total == 0) {
        return {0, 100};
    }
    constexpr double z = 1.959964; // 97.5 % of the normal distribution lie below
    const auto n = static_cast<double>(share.total);
    const double p = static_cast<double>(share.hits) / n;
    const double centre = p + z * z / (2 * n);
    const double reach = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    const double scale = 100 / (1 + z * z / n);
    return {std::max(0.0, (centre - reach) * scale), std::min(100.0, (centre + reach) * scale)};
}

double percentile(std::vector<double> values, double share) {
    if (values.empty()) {
        return 0;
    }
    const auto count = static_cast<double>(values.size());
    const auto rank =
        static_cast<std::ptrdiff_t>(std::clamp(std::ceil(share * count) - 1, 0.0, count - 1));
    std::nth_element(values.begin(), values.begin() + rank, values.end());
    return values[static_cast<std::size_t>(rank)];
}

double mean(const std::vector<double>& values) {
    return values.empty() ? 0
                          : std::accumulate(values.begin(), values.end(), 0.0) /
                                static_cast<double>(values.size());
}

} // namespace spindle::accuracy
