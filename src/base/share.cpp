// SPDX-License-Identifier: Apache-2.0
#include "base/share.h"

#include <algorithm>
#include <cmath>

namespace spindle {

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

} // namespace spindle
