// SPDX-License-Identifier: Apache-2.0
#include "turntable/side_order.h"

#include <algorithm>

namespace spindle::turntable {

SideOrder::Guess SideOrder::guess(TrackId track) const {
    Guess best;
    int best_rank = -1;
    for (Side& side : sides_(track)) {
        for (std::size_t i = 0; i < side.tracks.size(); ++i) {
            if (side.tracks[i].track != track) {
                continue;
            }
            const Place place{side.record, side.letter, i};
            int rank = 0;
            if (place_ && place_->record == place.record) {
                const bool same_side = place_->side == place.side;
                rank = same_side && place.index == place_->index + 1 ? 3 : same_side ? 2 : 1;
            }
            if (rank > best_rank) {
                best_rank = rank;
                best.place = place;
                best.duration = side.tracks[i].duration;
                best.side = side;
            }
        }
    }
    return best;
}

std::optional<SideTrack> SideOrder::after(std::size_t steps) const {
    if (!side_ || !place_ || place_->index + steps >= side_->tracks.size()) {
        return std::nullopt;
    }
    return side_->tracks[place_->index + steps];
}

std::optional<std::size_t> SideOrder::between(const Place& other) const {
    if (!place_ || place_->record != other.record || place_->side != other.side ||
        other.index <= place_->index) {
        return std::nullopt;
    }
    return other.index - place_->index - 1;
}

} // namespace spindle::turntable
