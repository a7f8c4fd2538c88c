// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "grade/surface/programme_level.h"

namespace spindle::grade {

/// The value below which this share of the values lies, rounded down to one that is there; of none
/// kSilenceDb, which is no level. Changes their order.
template <typename Level>
double percentile(std::vector<Level>& levels, double share) {
    if (levels.empty()) {
        return kSilenceDb;
    }
    const auto at = levels.begin() +
                    static_cast<std::ptrdiff_t>(share * static_cast<double>(levels.size() - 1));
    std::nth_element(levels.begin(), at, levels.end());
    return static_cast<double>(*at);
}

} // namespace spindle::grade
