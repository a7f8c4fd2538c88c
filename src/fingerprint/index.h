// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/track_id.h"
#include "fingerprint/landmark.h"

namespace spindle::fingerprint {

/// Neighbouring keys (pairs.h): the pitches a pair may have at a range of speeds.
struct KeyRange {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

/// All the owner's landmarks, as the matcher sees them: every track laid end to end on one timeline
/// counted in moments of 16 ms. Implemented over mapped segments (FileIndex) and in time over
/// PostgreSQL. Implementations are safe for many readers at once.
class Index {
public:
    struct Place {
        TrackId track;
        std::size_t slot = 0;     ///< for landmarks()
        std::uint32_t start = 0;  ///< moment at which the track begins
        std::uint32_t length = 0; ///< moments
    };
    struct Size {
        std::size_t tracks = 0;
        std::uint64_t postings = 0;
        std::uint64_t bytes = 0;
        Seconds music{0};
    };
    /// Receives the moments found in one range (some implementations call several times for one
    /// range); those of key k of the range are numbers ends[k - 1] .. ends[k] - 1.
    using Sink = std::function<void(std::size_t range, std::span<const std::uint32_t> moments,
                                    std::span<const std::uint32_t> ends)>;

    virtual ~Index() = default;
    virtual Size size() const = 0;
    virtual std::uint32_t moments() const = 0;

    /// How many postings each range holds; the matcher spends its budget by it.
    virtual void count(std::span<const KeyRange> ranges, std::span<std::uint32_t> counts) const = 0;
    virtual void read(std::span<const KeyRange> ranges, const Sink& sink) const = 0;

    /// The track playing at a moment, if that track has not been removed.
    virtual std::optional<Place> place(std::uint32_t moment) const = 0;

    /// Appends the landmarks of a place in [from, to) ticks of the track.
    virtual void landmarks(const Place& place, std::uint32_t from, std::uint32_t to,
                           std::vector<Landmark>& out) const = 0;
};

} // namespace spindle::fingerprint
