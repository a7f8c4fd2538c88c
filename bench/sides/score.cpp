// SPDX-License-Identifier: Apache-2.0
#include "sides/score.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "accuracy/same_music.h"
#include "io/file.h"

namespace spindle::sides {
namespace {

using simulator::SideTruth;
using simulator::TruePiece;
using simulator::TruePlay;
using turntable::Play;

constexpr Seconds kLeastScrobble{30};
constexpr Seconds kAlwaysScrobble{240};
constexpr Seconds kLeastPlay{15};
constexpr double kAllOfIt = 0.9;
constexpr Seconds kSlack{3};           ///< a play that ends so near may be meant
constexpr Seconds kSideOverWithin{60}; ///< of the last music
constexpr Seconds kIsOverAfter{20};    ///< without music; sooner the needle may come back

Extent extent_of(const TruePlay& play) {
    const Seconds file_time = play.played * play.speed;
    if (play.length >= kLeastScrobble && play.played >= kLeastScrobble &&
        (file_time >= play.length / 2 || play.played >= kAlwaysScrobble)) {
        return Extent::Scrobbled;
    }
    const bool is_whole = play.length <= kLeastPlay && file_time >= kAllOfIt * play.length;
    return play.played >= kLeastPlay || is_whole ? Extent::Played : Extent::Touched;
}

/// How long two times overlap; below 0 when they lie apart.
Seconds overlap(Seconds start, Seconds end, Seconds other_start, Seconds other_end) {
    return std::min(end, other_end) - std::max(start, other_start);
}

/// 0 between `first` and `last`, else the signed distance to the nearer.
Seconds outside(Seconds time, Seconds first, Seconds last) {
    return time < first ? time - first : time > last ? time - last : Seconds(0);
}

/// Where in the sounding track a stream time is; nothing when none sounds.
std::optional<accuracy::Spot> spot_at(const Pool& pool, const SideTruth& truth, Seconds time) {
    for (const TruePlay& play : truth.plays) {
        for (const TruePiece& piece : play.pieces) {
            if (piece.start <= time && time < piece.end) {
                return accuracy::Spot{pool.files[play.track],
                                      piece.from + play.speed * (time - piece.start)};
            }
        }
    }
    return std::nullopt;
}

Result<FalsePlay> false_play(const Pool& pool, const std::string& where, const Play& heard,
                             const SideTruth* truth, Seconds truth_start) {
    FalsePlay wrong;
    wrong.where = where;
    wrong.heard = heard;
    const bool is_ours = heard.track.value > 0 && heard.track.value < pool.number_of.size();
    const std::size_t number = is_ours ? pool.number_of[heard.track.value] : 0;
    wrong.named = pool.names[number];
    // At several places, for tracks of one album may share a loop.
    for (const double share : {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}) {
        const Seconds time = heard.start + share * (heard.end - heard.start);
        const auto spot =
            truth == nullptr ? std::nullopt : spot_at(pool, *truth, time - truth_start);
        if (spot && is_ours) {
            wrong.sounded = spot->file.filename().string();
            const Seconds place = heard.from + share * (heard.to - heard.from);
            SPINDLE_TRY(const double likeness,
                        accuracy::similarity(*spot, {pool.files[number], place}));
            wrong.likeness = std::max(wrong.likeness, likeness);
            wrong.alike.count(likeness > accuracy::kSameMusic);
        }
    }
    return wrong;
}

void count_sides_over(const std::string& where, const SideTruth& truth, const Heard& heard,
                      SessionScore& score) {
    for (std::size_t i = 0; i < truth.hearings.size(); ++i) {
        const auto& hearing = truth.hearings[i];
        const Seconds next =
            i + 1 < truth.hearings.size() ? truth.hearings[i + 1].down : truth.length;
        if (hearing.music_end <= hearing.music_start || next - hearing.music_end < kIsOverAfter) {
            continue;
        }
        const auto told = std::ranges::find_if(heard.sides_over, [&](const auto& over) {
            return over.at >= hearing.music_end - kSlack &&
                   over.at <= hearing.music_end + kSideOverWithin;
        });
        score.sides_over.count(told != heard.sides_over.end());
        if (told != heard.sides_over.end()) {
            score.side_over_errors.push_back(std::abs((told->at - hearing.music_end).count()));
        } else {
            score.remarks.push_back(
                fmt::format("end of a side not told: {}: side {}, music until {:.1f} s, needle up "
                            "at {:.1f} s",
                            where, static_cast<char>('A' + hearing.side), hearing.music_end.count(),
                            hearing.up.count()));
        }
    }
    for (const auto& over : heard.sides_over) {
        const bool goes_on = std::ranges::any_of(truth.hearings, [&](const auto& hearing) {
            return over.at > hearing.music_start && over.at < hearing.music_end - kSlack;
        });
        if (goes_on) {
            ++score.sides_over_wrongly;
            score.remarks.push_back(fmt::format("side told over while it goes on: {}: at {:.1f} s",
                                                where, over.at.count()));
        }
    }
}

void count_shown(const Pool& pool, const SideTruth& truth, const Heard& heard,
                 SessionScore& score) {
    constexpr Seconds late{30}; // a display may show a track that has just been left
    for (const auto& now : heard.now_playing) {
        const bool is_right = std::ranges::any_of(truth.plays, [&](const TruePlay& play) {
            return pool.ids[play.track] == now.track && now.at >= play.start - kSlack &&
                   now.at <= play.end + late;
        });
        score.shown_wrongly += now.confirmed && !is_right ? 1 : 0;
    }
}

void add_answers(const Heard& heard, PlayRow& row) {
    for (const auto& now : heard.now_playing) {
        if (now.track != row.track || now.at < row.truth.start || now.at > row.truth.end + kSlack) {
            continue;
        }
        const Seconds after = std::max(Seconds(0), now.at - row.truth.audible_start);
        if (!row.first_answer) {
            row.first_answer = after;
        }
        if (now.confirmed && !row.confirmed) {
            row.confirmed = after;
        }
    }
}

} // namespace

Seconds PlayRow::start_error() const {
    return outside(heard->start, truth.start, truth.audible_start);
}
Seconds PlayRow::end_error() const {
    return outside(heard->end, truth.audible_end, truth.end);
}
Seconds PlayRow::start_error_from_file() const {
    return heard->start - truth.start;
}
Seconds PlayRow::played_error() const {
    const Seconds silence = (truth.audible_start - truth.start) + (truth.end - truth.audible_end);
    return outside(heard->played, truth.played - silence, truth.played);
}
double PlayRow::speed_error() const {
    return heard->speed / truth.speed - 1;
}

void SessionScore::add(SessionScore other) {
    const auto append = [](auto& into, auto& from) {
        into.insert(into.end(), std::make_move_iterator(from.begin()),
                    std::make_move_iterator(from.end()));
    };
    append(rows, other.rows);
    append(false_plays, other.false_plays);
    append(remarks, other.remarks);
    append(side_over_errors, other.side_over_errors);
    const auto sum = [](Share& into, const Share& from) {
        into.hits += from.hits;
        into.total += from.total;
    };
    sum(sides_over, other.sides_over);
    sum(right_place, other.right_place);
    sides_over_wrongly += other.sides_over_wrongly;
    shown_wrongly += other.shown_wrongly;
    following.add(other.following);
    searching.add(other.searching);
    idle.add(other.idle);
}

Result<SessionScore> score(const Pool& pool, std::size_t number, const Session& session,
                           const Heard& heard) {
    SessionScore score;
    const auto where = fmt::format("session {} ({})", number, name_of(session.happening));
    for (const TruePlay& play : session.truth.plays) {
        PlayRow row;
        row.session = number;
        row.happening = session.happening;
        row.told = session.told;
        row.truth_wow = session.performance.pressing.transport.wow;
        row.truth = play;
        row.track = pool.ids[play.track];
        row.extent = extent_of(play);
        row.counts = session.happening != Happening::WrongSpeed;
        add_answers(heard, row);
        score.rows.push_back(std::move(row));
    }
    for (const Play& play : heard.plays) {
        PlayRow* best = nullptr;
        Seconds most = -kSlack;
        for (PlayRow& row : score.rows) {
            const Seconds common = overlap(play.start, play.end, row.truth.start, row.truth.end);
            if (row.track == play.track && common > most) {
                most = common;
                best = &row;
            }
        }
        if (best == nullptr) {
            SPINDLE_TRY(auto wrong, false_play(pool, where, play, &session.truth, Seconds(0)));
            score.false_plays.push_back(std::move(wrong));
        } else if (best->heard) {
            ++best->doubled;
        } else {
            best->heard = play;
        }
    }
    for (const PlayRow& row : score.rows) {
        if (row.heard && session.told == Told::Sides) {
            const auto& place = row.heard->place;
            score.right_place.count(place && place->index == row.truth.index &&
                                    place->side == static_cast<char>('A' + row.truth.side));
        }
    }
    if (session.happening != Happening::WrongSpeed) {
        count_sides_over(where, session.truth, heard, score);
    }
    count_shown(pool, session.truth, heard, score);
    score.following = heard.following;
    score.searching = heard.searching;
    score.idle = heard.idle;
    return score;
}

Result<SessionScore> score_unknown(const Pool& pool, const std::string& where,
                                   std::span<const UnknownStretch> stretches, const Heard& heard) {
    SessionScore score;
    for (const Play& play : heard.plays) {
        const UnknownStretch* during = nullptr;
        for (const UnknownStretch& stretch : stretches) {
            during = stretch.start <= play.end ? &stretch : during;
        }
        SPINDLE_TRY(auto wrong,
                    false_play(pool, where, play, during ? &during->session.truth : nullptr,
                               during ? during->start : Seconds(0)));
        score.false_plays.push_back(std::move(wrong));
    }
    score.shown_wrongly = static_cast<std::size_t>(
        std::ranges::count_if(heard.now_playing, &turntable::NowPlaying::confirmed));
    score.following = heard.following;
    score.searching = heard.searching;
    score.idle = heard.idle;
    return score;
}

Result<void> write_rows(const std::filesystem::path& path, const Pool& pool,
                        const SessionScore& all) {
    constexpr std::array<std::string_view, 3> extents{"scrobbled", "played", "touched"};
    std::string text =
        "session\thappening\ttold\ttrack\textent\tstart_s\taudible_s\tend_s\tplayed_s\tfrom_s\t"
        "to_s\tlength_s\tspeed\tskips\tlogged\tdoubled\tinferred\theard_start_s\theard_end_s\t"
        "heard_played_s\theard_from_s\theard_to_s\theard_speed\tspeed_error\tconfidence\tmatched\t"
        "expected\tfirst_answer_s\tconfirmed_s\n";
    for (const PlayRow& row : all.rows) {
        const auto& truth = row.truth;
        text += fmt::format("{}\t{}\t{}\t{}\t{}\t{:.3f}\t{:.3f}\t{:.3f}\t{:.3f}\t{:.3f}\t{:.3f}\t"
                            "{:.3f}\t{:.6f}\t{}\t{:d}\t{}",
                            row.session, name_of(row.happening), name_of(row.told),
                            pool.names[truth.track], extents[static_cast<std::size_t>(row.extent)],
                            truth.start.count(), truth.audible_start.count(), truth.end.count(),
                            truth.played.count(), truth.pieces.front().from.count(),
                            truth.pieces.back().to.count(), truth.length.count(), truth.speed,
                            truth.skips, row.heard.has_value(), row.doubled);
        if (row.heard) {
            const Play& play = *row.heard;
            text += fmt::format(
                "\t{:d}\t{:.3f}\t{:.3f}\t{:.3f}\t{:.3f}\t{:.3f}\t{:.6f}\t{:.6f}\t{:.6f}\t{}\t{}",
                play.knowledge == turntable::Knowledge::Inferred, play.start.count(),
                play.end.count(), play.played.count(), play.from.count(), play.to.count(),
                play.speed, play.speed_error, play.confidence, play.matched, play.expected);
        } else {
            text += "\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-";
        }
        const auto when = [](const std::optional<Seconds>& time) {
            return time ? fmt::format("\t{:.2f}", time->count()) : std::string("\t-");
        };
        text += when(row.first_answer) + when(row.confirmed) + "\n";
    }
    for (const FalsePlay& wrong : all.false_plays) {
        const Play& play = wrong.heard;
        text +=
            fmt::format("{}\tfalse\t-\t{}\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t1\t0\t{:d}\t{:.3f}\t"
                        "{:.3f}\t{:.3f}\t{:.3f}\t{:.3f}\t{:.6f}\t{:.6f}\t{:.6f}\t{}\t{}\t-\t-\n",
                        wrong.where, wrong.named, play.knowledge == turntable::Knowledge::Inferred,
                        play.start.count(), play.end.count(), play.played.count(),
                        play.from.count(), play.to.count(), play.speed, play.speed_error,
                        play.confidence, play.matched, play.expected);
    }
    return io::write_atomically(path, text);
}

} // namespace spindle::sides
