// SPDX-License-Identifier: Apache-2.0
#include "catalog/permutation.h"

#include "catalog/draw.h"

namespace spindle::bench {

Permutation::Permutation(std::uint64_t seed, std::uint64_t count) : seed_(seed), count_(count) {
    while ((1ULL << (2 * half_bits_)) < count_) {
        ++half_bits_;
    }
}

std::uint64_t Permutation::operator()(std::uint64_t number) const {
    const std::uint64_t mask = (1ULL << half_bits_) - 1;
    do {
        std::uint64_t left = number >> half_bits_;
        std::uint64_t right = number & mask;
        for (std::uint64_t round = 0; round < 4; ++round) {
            const std::uint64_t mixed = left ^ (key_of(seed_, round, right) & mask);
            left = right;
            right = mixed;
        }
        number = (left << half_bits_) | right;
    } while (number >= count_);
    return number;
}

std::uint64_t Permutation::back(std::uint64_t number) const {
    const std::uint64_t mask = (1ULL << half_bits_) - 1;
    do {
        std::uint64_t left = number >> half_bits_;
        std::uint64_t right = number & mask;
        for (std::uint64_t round = 4; round-- > 0;) {
            const std::uint64_t mixed = right ^ (key_of(seed_, round, left) & mask);
            right = left;
            left = mixed;
        }
        number = (left << half_bits_) | right;
    } while (number >= count_);
    return number;
}

} // namespace spindle::bench
