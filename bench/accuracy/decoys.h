// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/units.h"
#include "fingerprint/landmark.h"

namespace spindle::accuracy {

/// Landmarks of one track, in order of time.
using LandmarkTrack = std::vector<fingerprint::Landmark>;

/// Length of a decoy, about that of an ordinary song.
inline constexpr Seconds kDecoyLength{190};

/// Tracks that do not exist, as alike to real ones as can be had without 100,000 records: 10 s
/// pieces of one real track in another order, at another pitch (one semitone to six, up or down:
/// beyond what any platter does) and tempo (up to 25 % off). Densities, intervals and rhythms, on
/// which chance matches depend, are those of the real music.
class Decoys {
public:
    /// @param originals real tracks; must outlive this and not be empty.
    Decoys(const std::vector<LandmarkTrack>& originals, std::uint64_t seed)
        : originals_(originals), seed_(seed) {}

    /// Decoy number `number`, the same for the same seed and originals.
    LandmarkTrack make(std::size_t number) const;

private:
    const std::vector<LandmarkTrack>& originals_;
    std::uint64_t seed_;
};

} // namespace spindle::accuracy
