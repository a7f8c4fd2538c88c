// SPDX-License-Identifier: Apache-2.0
#include "market/price_ladder.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace spindle::market {
double price_at(double base, Grade grade) {
    return base * kLadder[place_of(grade)];
}

double base_of(double price, Grade grade) {
    return price / kLadder[place_of(grade)];
}

double converted(double price, Grade from, Grade to) {
    return price_at(base_of(price, from), to);
}

std::optional<double> base_of(const std::array<std::optional<double>, 8>& suggestions) {
    std::vector<double> bases;
    for (const Grade grade : kGrades) {
        const auto& price = suggestions[place_of(grade)];
        if (price && std::isfinite(*price) && *price > 0) {
            bases.push_back(base_of(*price, grade));
        }
    }
    if (bases.empty()) {
        return std::nullopt;
    }
    std::sort(bases.begin(), bases.end());
    const std::size_t half = bases.size() / 2;
    return bases.size() % 2 == 1 ? bases[half] : (bases[half - 1] + bases[half]) / 2;
}

} // namespace spindle::market
