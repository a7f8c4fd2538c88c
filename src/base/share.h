// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace spindle {

/// So many of so many.
struct Share {
    std::size_t hits = 0;
    std::size_t total = 0;

    void count(bool hit) {
        ++total;
        hits += hit ? 1 : 0;
    }
    double percent() const {
        return total == 0 ? 0 : 100.0 * static_cast<double>(hits) / static_cast<double>(total);
    }
};

struct Interval {
    double low = 0;
    double high = 0;
};

/// Between which percentages the true share lies, with 95 % confidence (Wilson 1927): unlike the
/// usual formula it is right for 0 of n and n of n. 0..100 when there is nothing.
Interval wilson(const Share& share);

} // namespace spindle
