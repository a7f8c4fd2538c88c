// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "fingerprint/landmark.h"
#include "fingerprint/segment_format.h"

namespace spindle::fingerprint {

/// The landmarks of several tracks in blocks of kBlockLandmarks 16-bit entries: 6 bits of time
/// since the entry before, 10 bits of pitch (FORMAT.md, "landmarks"). A gap too long for 6 bits is
/// bridged by fillers.
struct PackedLandmarks {
    std::vector<std::uint32_t> block_times; ///< 8 ms units from the track's start
    std::vector<std::uint16_t> entries;

    std::size_t blocks() const { return block_times.size(); }

    /// Appends one track in whole blocks of its own. Times that run backwards are held at the
    /// latest one.
    void append(std::span<const Landmark> landmarks);

    /// The landmarks of blocks first .. last - 1, in order.
    std::vector<Landmark> unpack(std::size_t first, std::size_t last) const;
};

/// Later than this, 49 days, nothing is stored: leaves room for all arithmetic on times.
inline constexpr std::uint32_t kLastTick = 1U << 30U;

/// What a landmark becomes when stored; pairs are formed from these, so that merging segments
/// changes nothing.
inline Landmark as_stored(const Landmark& landmark) {
    const std::uint32_t tick = std::min(landmark.tick, kLastTick);
    return {(tick + format::kTicksPerUnit / 2) / format::kTicksPerUnit * format::kTicksPerUnit,
            static_cast<std::uint16_t>(
                std::min<std::uint32_t>(landmark.pitch, format::kFillerPitch - 1)),
            0};
}

/// Appends the landmarks of one block to `out`.
void unpack_block(std::uint32_t block_time, std::span<const std::uint16_t> entries,
                  std::vector<Landmark>& out);

} // namespace spindle::fingerprint
