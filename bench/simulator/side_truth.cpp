// SPDX-License-Identifier: Apache-2.0
#include "simulator/side_truth.h"

#include <algorithm>

namespace spindle::simulator {
namespace {

/// Shorter than this is rounding, not music.
constexpr Seconds kNothing{1e-6};

class Account {
public:
    Account(std::span<const Side> sides, const Transport& transport)
        : sides_(sides), transport_(transport) {}

    void add(const Stretch& stretch) {
        truth_.length = stretch.end;
        if (stretch.source != Source::Groove) {
            return;
        }
        if (stretch.arrival == Arrival::Anew || truth_.hearings.empty()) {
            truth_.hearings.push_back(
                {stretch.number, stretch.start, stretch.start, stretch.start, stretch.end});
        }
        truth_.hearings.back().up = stretch.end;
        const auto& cuts = sides_[stretch.number].cuts;
        for (std::size_t i = 0; i < cuts.size(); ++i) {
            add(stretch, cuts[i], i);
        }
    }

    SideTruth finish() {
        for (TruePlay& play : truth_.plays) {
            TrueHearing& hearing = truth_.hearings[play.hearing];
            const bool first = hearing.music_end == hearing.down;
            hearing.music_start = first ? play.start : std::min(hearing.music_start, play.start);
            hearing.music_end = std::max(hearing.music_end, play.end);
        }
        std::ranges::stable_sort(truth_.plays, {}, &TruePlay::start);
        return std::move(truth_);
    }

private:
    void add(const Stretch& stretch, const Cut& cut, std::size_t index) {
        const Seconds from =
            std::max(place_at(stretch, transport_, stretch.start), cut.start) - cut.start;
        const Seconds to =
            std::min(place_at(stretch, transport_, stretch.end), cut.end()) - cut.start;
        if (to - from < kNothing) {
            return;
        }
        const auto when = [&](Seconds in_file) {
            return time_of(stretch, transport_, cut.start + in_file);
        };
        const TruePiece piece{when(from), when(to), from, to, stretch.arrival == Arrival::Locked};
        TruePlay& play = play_of(stretch, cut, index);
        if (play.pieces.empty()) {
            play.start = piece.start;
            play.audible_start = when(std::clamp(cut.info.sounds_from, from, to));
        } else if (stretch.arrival == Arrival::Jumped) {
            ++play.skips;
        }
        play.end = piece.end;
        play.audible_end = when(std::clamp(cut.info.sounds_to, from, to));
        play.played += piece.repeated ? Seconds(0) : piece.end - piece.start;
        play.pieces.push_back(piece);
    }

    /// The play of this track since the needle was let down, or a new one.
    TruePlay& play_of(const Stretch& stretch, const Cut& cut, std::size_t index) {
        const std::size_t hearing = truth_.hearings.size() - 1;
        for (TruePlay& play : truth_.plays) {
            if (play.hearing == hearing && play.index == index) {
                return play;
            }
        }
        TruePlay play;
        play.track = cut.info.track;
        play.side = stretch.number;
        play.index = index;
        play.hearing = hearing;
        play.length = cut.info.length;
        play.speed = transport_.speed;
        truth_.plays.push_back(std::move(play));
        return truth_.plays.back();
    }

    std::span<const Side> sides_;
    Transport transport_;
    SideTruth truth_;
};

} // namespace

SideTruth truth_of(std::span<const Stretch> path, std::span<const Side> sides,
                   const Transport& transport) {
    Account account(sides, transport);
    for (const Stretch& stretch : path) {
        account.add(stretch);
    }
    return account.finish();
}

} // namespace spindle::simulator
