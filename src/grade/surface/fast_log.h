// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>

namespace spindle::grade {

/// Logarithm to base 2 of a normal positive float within 0.0001: a polynomial of the mantissa,
/// without branches, so that the compiler can do several at once. Enough for levels in dB.
inline float fast_log2(float value) {
    const auto bits = std::bit_cast<std::int32_t>(value);
    const auto exponent = static_cast<float>((bits >> 23) - 127);
    const float m = std::bit_cast<float>((bits & 0x007fffff) | 0x3f800000);
    return exponent - 2.5128524F +
           (4.0700866F + (-2.1206728F + (0.6451422F - 0.08161593F * m) * m) * m) * m;
}

} // namespace spindle::grade
