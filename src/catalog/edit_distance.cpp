// SPDX-License-Identifier: Apache-2.0
#include "catalog/edit_distance.h"

#include <algorithm>

namespace spindle::catalog {

EditPattern::EditPattern(std::string_view text)
    : size_(static_cast<int>(std::min(text.size(), kLongest))) {
    for (int i = 0; i < size_; ++i) {
        places_[static_cast<unsigned char>(text[static_cast<std::size_t>(i)])] |= std::uint64_t{1}
                                                                                  << i;
    }
}

int EditPattern::distance(std::string_view other) const {
    if (size_ == 0) {
        return static_cast<int>(other.size());
    }
    // A column of the distance matrix as the signs of its vertical differences.
    std::uint64_t rising = ~std::uint64_t{0};
    std::uint64_t falling = 0;
    const std::uint64_t last = std::uint64_t{1} << (size_ - 1);
    int distance = size_;
    for (const char c : other) {
        const std::uint64_t equal = places_[static_cast<unsigned char>(c)];
        const std::uint64_t diagonal = (((equal & rising) + rising) ^ rising) | equal | falling;
        std::uint64_t right_rising = falling | ~(diagonal | rising);
        std::uint64_t right_falling = rising & diagonal;
        distance += (right_rising & last) != 0 ? 1 : 0;
        distance -= (right_falling & last) != 0 ? 1 : 0;
        right_rising = right_rising << 1U | 1U;
        right_falling <<= 1U;
        rising = right_falling | ~(diagonal | right_rising);
        falling = right_rising & diagonal;
    }
    return distance;
}

} // namespace spindle::catalog
