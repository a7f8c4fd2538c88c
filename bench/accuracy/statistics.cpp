// SPDX-License-Identifier: Apache-2.0
#include "accuracy/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace spindle::accuracy {

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
