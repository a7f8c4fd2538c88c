// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/raw_samples.h"

#include <bit>
#include <cmath>
#include <cstdint>

namespace spindle::audio::detail {
namespace {

constexpr float kGarbage = 16.0F; // 24 dB above full scale is no sound

std::uint32_t byte_at(const std::byte* raw, std::size_t index) {
    return std::to_integer<std::uint32_t>(raw[index]);
}

float from_24(std::uint32_t low_24_bits) {
    return static_cast<float>(static_cast<std::int32_t>(low_24_bits << 8U)) / 2147483648.0F;
}

template <RawEncoding Encoding>
float sample_at(const std::byte* raw) {
    if constexpr (Encoding == RawEncoding::S16) {
        const auto value = static_cast<std::uint16_t>(byte_at(raw, 0) | byte_at(raw, 1) << 8U);
        return static_cast<float>(static_cast<std::int16_t>(value)) / 32768.0F;
    } else if constexpr (Encoding == RawEncoding::S24 || Encoding == RawEncoding::S24In3) {
        return from_24(byte_at(raw, 0) | byte_at(raw, 1) << 8U | byte_at(raw, 2) << 16U);
    } else {
        const std::uint32_t value = byte_at(raw, 0) | byte_at(raw, 1) << 8U |
                                    byte_at(raw, 2) << 16U | byte_at(raw, 3) << 24U;
        if constexpr (Encoding == RawEncoding::S32) {
            return static_cast<float>(static_cast<std::int32_t>(value)) / 2147483648.0F;
        } else {
            const auto sample = std::bit_cast<float>(value);
            return std::fabs(sample) <= kGarbage ? sample : 0.0F; // false for NaN
        }
    }
}

template <RawEncoding Encoding>
void append(std::span<const std::byte> raw, const RawLayout& layout, std::vector<float>& out) {
    const std::size_t size = bytes_of(Encoding);
    const std::size_t step = layout.frame_bytes();
    const auto kept = static_cast<std::size_t>(layout.kept);
    const std::byte* frame = raw.data() + static_cast<std::size_t>(layout.first) * size;
    for (std::size_t left = raw.size() / step; left > 0; --left, frame += step) {
        for (std::size_t channel = 0; channel < kept; ++channel) {
            out.push_back(sample_at<Encoding>(frame + channel * size));
        }
    }
}

} // namespace

void append_samples(std::span<const std::byte> raw, const RawLayout& layout,
                    std::vector<float>& out) {
    switch (layout.encoding) {
    case RawEncoding::S16:
        return append<RawEncoding::S16>(raw, layout, out);
    case RawEncoding::S24:
        return append<RawEncoding::S24>(raw, layout, out);
    case RawEncoding::S24In3:
        return append<RawEncoding::S24In3>(raw, layout, out);
    case RawEncoding::S32:
        return append<RawEncoding::S32>(raw, layout, out);
    case RawEncoding::F32:
        return append<RawEncoding::F32>(raw, layout, out);
    }
}

} // namespace spindle::audio::detail
