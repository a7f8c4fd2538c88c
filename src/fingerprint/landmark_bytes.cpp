// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/landmark_bytes.h"

#include <algorithm>

#include "fingerprint/packed_landmarks.h"
#include "fingerprint/segment_format.h"

namespace spindle::fingerprint {

using namespace format;

std::vector<std::uint8_t> landmark_bytes(std::span<const Landmark> landmarks) {
    std::vector<std::uint8_t> bytes;
    bytes.reserve(landmarks.size() * 2);
    const auto put = [&bytes](std::uint32_t delta, std::uint32_t pitch) {
        const std::uint32_t word = (delta << kPitchBits) | pitch;
        bytes.push_back(static_cast<std::uint8_t>(word & 0xFFU));
        bytes.push_back(static_cast<std::uint8_t>(word >> 8U));
    };
    std::uint32_t now = 0;
    for (const Landmark& landmark : landmarks) {
        const Landmark stored = as_stored(landmark);
        const std::uint32_t time = std::max(now, stored.tick / kTicksPerUnit);
        for (; time - now > kMostDelta; now += kMostDelta) {
            put(kMostDelta, kFillerPitch);
        }
        put(time - now, stored.pitch);
        now = time;
    }
    return bytes;
}

Result<std::vector<Landmark>> landmarks_of_bytes(std::span<const std::uint8_t> bytes) {
    if (bytes.size() % 2 != 0) {
        return fail(Code::BadInput, "landmarks that were kept are damaged: half a word at the end");
    }
    std::vector<Landmark> landmarks;
    landmarks.reserve(bytes.size() / 2);
    std::uint64_t time = 0;
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        const std::uint32_t word = bytes[i] | (std::uint32_t{bytes[i + 1]} << 8U);
        time += word >> kPitchBits;
        const std::uint32_t pitch = word & kFillerPitch;
        if (pitch != kFillerPitch) {
            const auto tick = std::min<std::uint64_t>(time * kTicksPerUnit, kLastTick);
            landmarks.push_back(
                {static_cast<std::uint32_t>(tick), static_cast<std::uint16_t>(pitch), 0});
        }
    }
    return landmarks;
}

} // namespace spindle::fingerprint
