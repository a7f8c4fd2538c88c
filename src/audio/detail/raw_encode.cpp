// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/raw_encode.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace spindle::audio::detail {
namespace {

/// A sample as a whole number of that many bits, in the low ones.
std::uint32_t whole(float sample, int bits) {
    const double scale = std::ldexp(1.0, bits - 1);
    const double value =
        std::clamp(std::round(static_cast<double>(sample) * scale), -scale, scale - 1);
    return static_cast<std::uint32_t>(static_cast<std::int64_t>(value));
}

std::uint32_t bits_of(float sample, RawEncoding encoding) {
    constexpr int kShort = 16;
    constexpr int kMiddle = 24;
    constexpr int kLong = 32;
    switch (encoding) {
    case RawEncoding::S16:
        return whole(sample, kShort);
    case RawEncoding::S24:
    case RawEncoding::S24In3:
        return whole(sample, kMiddle);
    case RawEncoding::S32:
        return whole(sample, kLong);
    case RawEncoding::F32:
        return std::bit_cast<std::uint32_t>(std::clamp(sample, -1.0F, 1.0F));
    }
    return 0;
}

} // namespace

void append_raw(std::span<const float> samples, RawEncoding encoding, std::vector<std::byte>& out) {
    const std::size_t bytes = bytes_of(encoding);
    for (const float sample : samples) {
        const std::uint32_t value = bits_of(sample, encoding);
        for (std::size_t byte = 0; byte < bytes; ++byte) {
            out.push_back(static_cast<std::byte>(value >> (8 * byte)));
        }
    }
}

} // namespace spindle::audio::detail
