// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

// Samples of codecs as floats with full scale 1.
namespace spindle::audio::detail {

/// Larger than this is no sound: 24 dB above full scale.
inline constexpr float kGarbage = 16.0F;

/// The value of full scale in this sample type.
template <typename Sample>
constexpr float scale() {
    if constexpr (std::is_floating_point_v<Sample>) {
        return 1.0F;
    } else if constexpr (std::is_same_v<Sample, std::uint8_t>) {
        return 1.0F / 128.0F;
    } else {
        return 1.0F / -static_cast<float>(std::numeric_limits<Sample>::min());
    }
}

template <typename Sample>
float centred(Sample sample) {
    if constexpr (std::is_same_v<Sample, std::uint8_t>) {
        return static_cast<float>(sample) - 128.0F;
    } else {
        return static_cast<float>(sample);
    }
}

template <typename Sample>
float kept(float value) {
    if constexpr (std::is_floating_point_v<Sample>) {
        return std::fabs(value) <= kGarbage ? value : 0.0F; // false for NaN
    } else {
        return value;
    }
}

} // namespace spindle::audio::detail
