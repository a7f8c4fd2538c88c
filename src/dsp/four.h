// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstring>

namespace spindle::dsp {

/// Four floats at once, as GCC's and Clang's own vectors: plain loops over floats are made into
/// such only at -O3, and sums of floats never, as the order of additions would change.
using Four = float __attribute__((vector_size(16)));
inline constexpr std::size_t kLanes = 4;

inline Four load_four(const float* from) {
    Four four;
    std::memcpy(&four, from, sizeof four);
    return four;
}
inline void store_four(const Four& four, float* to) {
    std::memcpy(to, &four, sizeof four);
}
inline Four four_of(float value) {
    return Four{value, value, value, value};
}

inline Four larger(const Four& a, const Four& b) {
    return a > b ? a : b;
}

} // namespace spindle::dsp
