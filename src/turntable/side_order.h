// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "turntable/listener.h"
#include "turntable/play.h"

namespace spindle::turntable {

/// Which side is on the platter, told by what has played: a track may be on several records; the
/// one that goes on as before is meant.
class SideOrder {
public:
    explicit SideOrder(SidesOf sides) : sides_(std::move(sides)) {}

    /// Where a track would be, if it began now. Does not change what is on the platter.
    struct Guess {
        std::optional<Side> side;
        std::optional<Place> place;
        Seconds duration{0};
    };
    Guess guess(TrackId track) const;

    /// This track is playing.
    void put_on(const Guess& guess) {
        side_ = guess.side;
        place_ = guess.place;
    }

    const std::optional<Place>& place() const { return place_; }
    std::optional<SideTrack> next() const { return after(1); }
    /// What the side has `steps` behind the track that is playing.
    std::optional<SideTrack> after(std::size_t steps) const;
    /// How many tracks lie between the one that played and `other`, on the same side; nothing when
    /// it does not follow.
    std::optional<std::size_t> between(const Place& other) const;

private:
    SidesOf sides_;
    std::optional<Side> side_;
    std::optional<Place> place_;
};

} // namespace spindle::turntable
