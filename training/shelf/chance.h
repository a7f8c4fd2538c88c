// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "simulator/random.h"

namespace spindle::made_shelf {

/// Seeded draws; the same seed gives the same shelf on every run.
using simulator::derive_seed;
using simulator::Random;

inline bool happens(Random& random, double chance) {
    return random.unit() < chance;
}

/// Uniform in [low, high], both included.
inline int whole(Random& random, int low, int high) {
    return low + static_cast<int>(random.below(static_cast<std::size_t>(high - low + 1)));
}

/// Each doubling is as likely as the next: for sizes.
inline double log_between(Random& random, double low, double high) {
    return low * std::pow(high / low, random.unit());
}

/// Normal, at most two and a half deviations away.
inline double around(Random& random, double mean, double deviation) {
    double value = random.normal();
    while (std::abs(value) > 2.5) {
        value = random.normal();
    }
    return mean + deviation * value;
}

template <typename Values>
const auto& one_of(Random& random, const Values& values) {
    return values[random.below(values.size())];
}

} // namespace spindle::made_shelf
