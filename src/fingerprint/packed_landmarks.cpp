// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/packed_landmarks.h"

namespace spindle::fingerprint {

using namespace format;

void PackedLandmarks::append(std::span<const Landmark> landmarks) {
    constexpr auto kFiller = static_cast<std::uint16_t>((kMostDelta << kPitchBits) | kFillerPitch);
    constexpr auto kPadding =
        static_cast<std::uint16_t>(kFillerPitch); // a filler that takes no time
    std::uint32_t now = 0;
    std::uint32_t in_block = kBlockLandmarks; // full: the first landmark opens a block
    for (const Landmark& landmark : landmarks) {
        const std::uint32_t time = std::max(now, as_stored(landmark).tick / kTicksPerUnit);
        // A long silence is cheaper to leap over by a new block than by fillers.
        const bool leap = time - now > 4 * kMostDelta;
        if (leap) {
            entries.resize(blocks() * kBlockLandmarks, kPadding);
            in_block = kBlockLandmarks;
        }
        for (;;) {
            if (in_block == kBlockLandmarks) {
                block_times.push_back(leap || block_times.empty() ? time : now);
                now = block_times.back();
                in_block = 0;
            }
            ++in_block;
            if (time - now <= kMostDelta) {
                entries.push_back(static_cast<std::uint16_t>(((time - now) << kPitchBits) |
                                                             as_stored(landmark).pitch));
                now = time;
                break;
            }
            entries.push_back(kFiller);
            now += kMostDelta;
        }
    }
    entries.resize(blocks() * kBlockLandmarks, kPadding);
}

std::vector<Landmark> PackedLandmarks::unpack(std::size_t first, std::size_t last) const {
    std::vector<Landmark> landmarks;
    for (std::size_t block = first; block < last; ++block) {
        unpack_block(block_times[block],
                     std::span(entries).subspan(block * kBlockLandmarks, kBlockLandmarks),
                     landmarks);
    }
    return landmarks;
}

void unpack_block(std::uint32_t block_time, std::span<const std::uint16_t> entries,
                  std::vector<Landmark>& out) {
    std::uint32_t time = block_time;
    for (const std::uint16_t entry : entries) {
        time += static_cast<std::uint32_t>(entry) >> kPitchBits;
        const auto pitch = static_cast<std::uint16_t>(entry & kFillerPitch);
        if (pitch != kFillerPitch) {
            out.push_back({time * kTicksPerUnit, pitch, 0});
        }
    }
}

} // namespace spindle::fingerprint
