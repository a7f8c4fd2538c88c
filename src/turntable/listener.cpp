// SPDX-License-Identifier: Apache-2.0
#include "turntable/listener.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fingerprint/landmark.h"
#include "turntable/hearing.h"
#include "turntable/recent_sound.h"
#include "turntable/repetition.h"
#include "turntable/side_memory.h"
#include "turntable/side_order.h"
#include "turntable/sighting_finder.h"
#include "turntable/sound_gate.h"

namespace spindle::turntable {
namespace {

using fingerprint::kLandmarkRate;

constexpr Seconds kFollowed{6}; ///< of sound, to know whether the track goes on
constexpr Seconds kMargin{2};   ///< remembered beyond the window
constexpr Seconds kLatest{4};
/// A track that was not heard for so long may be over: what sounds like another one is shown.
constexpr Seconds kGone{3};
constexpr Seconds kJoin{1}; ///< sound before the last support may belong to what comes
constexpr Seconds kAtStart{0.3};
constexpr Seconds kBeginning{5};
constexpr Seconds kUnheard{25}; ///< a track may begin so softly; what is longer was other music
/// Of what was played, this much must have been recognised: two pieces may share a loop.
constexpr double kLeastRecognised = 0.4;
constexpr Seconds kRestart{10}; ///< put back to within this of the beginning: played again
constexpr Seconds kRestartJump{20};
constexpr Seconds kNearWhereLeft{15};
constexpr Seconds kSameLine{0.4};
constexpr Seconds kLeastUnknown{20};
/// Remembered before music is taken for unknown: what was played may turn out not to be known.
constexpr Seconds kMayBeUnknown{120};
constexpr Seconds kKnownUnknown{30}; ///< after this music is taken for unknown and asked for less
constexpr Seconds kRepeats{4};       ///< heard of a locked groove before it is called one
constexpr double kLocked = 0.35;     ///< repetition(); see repetition_test
constexpr double kUnlocked = 0.15;
constexpr Seconds kLongestLock{600};
constexpr Seconds kMostGap{8}; ///< between two tracks, when one is inferred
constexpr double kInferred = 0.8;
constexpr int kLeastSupports = 3;
constexpr double kMostOfTrack = 0.6; ///< heard of a short track, to count as a play

std::uint64_t samples_in(Seconds time) {
    return static_cast<std::uint64_t>(std::llround(std::max(0.0, time.count()) * kLandmarkRate.hz));
}

Seconds length_of(std::uint64_t samples) {
    return Seconds{static_cast<double>(samples) / kLandmarkRate.hz};
}

/// A line that is not believed yet.
struct Challenger {
    Sighting sighting; ///< the latest
    Seconds first_at{0};
    Seconds earliest{0}; ///< stream time of its first landmark found
};

} // namespace

struct Listener::State {
    State(const fingerprint::Index& index, SidesOf sides, const ListenerOptions& given)
        : finder(index), order(std::move(sides)), options(given), recent(given.window + kMargin) {}

    SightingFinder finder;
    SideOrder order;
    ListenerOptions options;
    RecentSound recent;
    SoundGate gate;
    SideMemory memory;
    std::uint64_t samples = 0; ///< heard or lost in all
    Seconds now{0};            ///< the same as a time

    std::optional<Hearing> current;
    std::optional<Challenger> challenger;
    std::optional<double> speed;
    Seconds last_end{0};    ///< of the last hearing
    Seconds asked_at{-1e9}; ///< the last search
    std::optional<Seconds> unknown_since;
    std::optional<Seconds> locked_since;
    bool was_down = false;
    bool lift_told = true;
    bool over_told = true;
    Seconds side_music{0};
    std::optional<NowPlaying> shown;

    void pass(std::uint64_t count) {
        samples += count;
        now = length_of(samples);
    }
    void step(const Sink& sink);
    void lose(Seconds gap, const Sink& sink);
    void needle(const Sink& sink);
    std::optional<Sighting> search();
    bool repeats() const;
    void take(const Sighting& sighting, const Sink& sink);
    std::optional<Sighting> as_challenged(const Sighting& sighting) const;
    void accept(const Sink& sink);
    Seconds entry_of(const Challenger& one) const;
    void infer(const SideOrder::Guess& guess, Seconds entered, const Sink& sink);
    void end_current(Seconds end, const Sink& sink);
    void end_what_is_over(const Sink& sink);
    void end_unknown(Seconds to, const Sink& sink);
    void tell_side_over(const Sink& sink);
    void show(const Sighting& sighting, bool confirmed, const Sink& sink);
    bool is_next(const Sighting& sighting) const;
};

/// Asks the whole library, as far back and as often as makes sense now.
std::optional<Sighting> Listener::State::search() {
    const Seconds least =
        current ? current->last_supported() - kJoin : std::max(last_end - kJoin, Seconds{0});
    Seconds from = std::max({now - options.window, least, recent.origin()});
    // What was before the music began says nothing about it.
    const Seconds onset = gate.onset() - kAtStart;
    if (onset > from && now - onset >= options.first) {
        from = onset;
    }
    const bool is_unknown =
        !challenger &&
        (gate.last_music() < from || (unknown_since && now - *unknown_since > kKnownUnknown));
    const bool is_silent = !gate.is_down() && gate.needle_up() < from;
    if (now - from < options.first || is_silent ||
        (is_unknown && now - asked_at < options.unknown_step)) {
        return std::nullopt;
    }
    asked_at = now;
    return finder.search(recent.since(from), speed, current);
}

/// Does the platter turn on one groove?
bool Listener::State::repeats() const {
    if (!current || now - current->last_supported() < kRepeats) {
        return false;
    }
    const std::vector<fingerprint::Landmark> all = recent.all();
    double most = 0;
    for (const double per_minute : {100.0 / 3, 45.0}) {
        most =
            std::max(most, repetition(all, kRepeats, Seconds{60 / per_minute} / current->speed()));
    }
    return most > (locked_since ? kUnlocked : kLocked);
}

bool Listener::State::is_next(const Sighting& sighting) const {
    const auto next = order.next();
    return next && next->track == sighting.candidate.track &&
           sighting.position(sighting.window_start) < options.window;
}

void Listener::State::show(const Sighting& sighting, bool confirmed, const Sink& sink) {
    NowPlaying playing;
    playing.track = sighting.candidate.track;
    playing.at = now;
    playing.position = sighting.position(now);
    playing.confirmed = confirmed;
    playing.confidence = sighting.candidate.confidence;
    if (confirmed && current) {
        playing.place = current->place();
        playing.duration = current->duration();
        playing.start = current->entered();
        playing.next = order.next();
        playing.confidence = current->confidence();
    } else {
        const auto guess = order.guess(playing.track);
        playing.place = guess.place;
        playing.duration = guess.duration;
        playing.start = challenger ? entry_of(*challenger) : now;
        if (guess.side && guess.place && guess.place->index + 1 < guess.side->tracks.size()) {
            playing.next = guess.side->tracks[guess.place->index + 1];
        }
    }
    shown = playing;
    sink(playing);
}

/// When the music of a new line began to be heard.
Seconds Listener::State::entry_of(const Challenger& one) const {
    const Seconds lower = current ? current->last_supported() : last_end;
    const Sighting& sighting = one.sighting;
    const Seconds start =
        sighting.window_start - sighting.candidate.offset / sighting.candidate.speed;
    // Another track may have begun unrecognised, softly; one that is playing was heard all along.
    const bool is_other = !current || current->track() != sighting.candidate.track;
    if (start >= lower - kJoin && start >= gate.needle_down() - kAtStart &&
        start >= recent.origin() && (is_other || one.earliest - start < kBeginning)) {
        return start;
    }
    const Seconds onset = gate.onset();
    if (onset > lower && onset <= one.earliest + Seconds{0.5} &&
        onset >= one.earliest - Seconds{3}) {
        return std::max(onset, start);
    }
    return std::max({one.earliest, lower, start});
}

void Listener::State::take(const Sighting& sighting, const Sink& sink) {
    if (current && current->is_on_line(sighting)) {
        locked_since.reset();
        current->support(sighting, finder.pairs(recent.since(sighting.window_start), sighting));
        speed = current->speed();
        challenger.reset();
        if (shown && shown->track != current->track()) {
            show(sighting, true, sink); // what seemed to follow did not
        } else if (shown) {
            shown->at = now;
            shown->position = current->position(now);
            shown->confidence = current->confidence();
        }
        return;
    }
    const auto same = as_challenged(sighting);
    if (!same) {
        const auto clip = recent.since(sighting.window_start);
        const auto pairs = finder.pairs(clip, sighting);
        challenger = Challenger{sighting, now, clip.start + found_between(pairs).first};
        const bool is_other = current && current->track() != sighting.candidate.track &&
                              now - current->last_supported() >= kGone;
        if (!current || is_other) {
            show(sighting, false, sink);
        }
        return;
    }
    challenger->sighting = *same;
    const Seconds needed = is_next(*same) ? options.expected_confirmation : options.confirmation;
    // A window may lie a turn of a locked groove back: what was heard last must be on it, too.
    if (now - challenger->first_at >= needed && finder.is_on(recent.since(now - kLatest), *same)) {
        accept(sink);
    }
}

/// The sighting on the challenger's line: as it is, or, as music that repeats is found in one verse
/// now and in another then, where the challenger would be if that fits about as well.
std::optional<Sighting> Listener::State::as_challenged(const Sighting& sighting) const {
    if (!challenger) {
        return std::nullopt;
    }
    const Sighting& line = challenger->sighting;
    if (line.agrees_with(sighting)) {
        return sighting;
    }
    if (line.candidate.track != sighting.candidate.track) {
        return std::nullopt;
    }
    const auto clip = recent.since(sighting.window_start);
    const auto there =
        finder.elsewhere(clip, sighting, clip.start, line.position(clip.start), kSameLine);
    return there && line.agrees_with(*there) ? there : std::nullopt;
}

void Listener::State::accept(const Sink& sink) {
    const bool is_new = !current || current->track() != challenger->sighting.candidate.track;
    if (is_new && gate.onset() > (current ? current->last_supported() : last_end) - kJoin) {
        const Sighting& found = challenger->sighting;
        const auto clip = recent.since(found.window_start);
        if (const auto natural = finder.from_the_beginning(clip, found, gate.onset())) {
            challenger->sighting = *natural;
        }
    }
    const Challenger one = *challenger;
    Sighting sighting = one.sighting;
    const Seconds entered = entry_of(one);
    const bool fell_silent = current && gate.onset() > current->last_supported() + kJoin;
    challenger.reset();
    locked_since.reset();
    if (current && current->track() == sighting.candidate.track) {
        const Seconds left = current->position(current->last_supported());
        const bool lifted = gate.needle_down() > current->last_supported() - kJoin || fell_silent;
        const auto is_near = [&] {
            return std::abs((sighting.position(entered) - left).count()) < kNearWhereLeft.count();
        };
        if (lifted && !is_near()) {
            const auto clip = recent.since(sighting.window_start);
            sighting =
                finder.elsewhere(clip, sighting, entered, left, kNearWhereLeft).value_or(sighting);
        }
        const Seconds found = sighting.position(entered);
        const bool again = found < kRestart && left - found > kRestartJump;
        if (!again) {
            if (lifted && is_near()) {
                current->resume(sighting, entered);
            } else {
                current->jump(sighting, entered);
            }
            speed = current->speed();
            show(sighting, true, sink);
            return;
        }
    }
    if (current) {
        const Seconds natural = current->natural_end();
        const Seconds heard = current->last_supported();
        const bool lifted = gate.needle_down() > heard;
        // A track may end too softly to be recognised; one that was left long before did not run
        // out.
        const bool left = (lifted && gate.needle_up() < natural - kJoin) ||
                          (fell_silent && heard < natural - kUnheard);
        const bool ran_out = !left && natural <= entered + kJoin;
        end_current(ran_out                 ? natural
                    : lifted || fell_silent ? std::min(entered, heard)
                                            : entered,
                    sink);
    }
    const auto guess = order.guess(sighting.candidate.track);
    infer(guess, entered, sink);
    end_unknown(entered, sink);
    order.put_on(guess);
    current.emplace(sighting, guess.place, guess.duration, entered);
    speed = sighting.candidate.speed;
    over_told = false;
    show(sighting, true, sink);
}

/// Tracks between the last one and this, which nobody recognised.
void Listener::State::infer(const SideOrder::Guess& guess, Seconds entered, const Sink& sink) {
    const bool lifted =
        gate.needle_down() > last_end && gate.needle_down() - gate.needle_up() >= options.pause;
    if (!guess.place || lifted) {
        return;
    }
    const auto missing = order.between(*guess.place);
    constexpr std::size_t kMost = 3;
    if (!missing || *missing == 0 || *missing > kMost) {
        return;
    }
    const double turning = speed.value_or(1);
    Seconds music{0};
    for (std::size_t i = 1; i <= *missing; ++i) {
        music += order.after(i)->duration / turning;
    }
    const Seconds gap = entered - last_end - music;
    const auto gaps = static_cast<double>(*missing + 1);
    if (gap < Seconds{-1.5} || gap > kMostGap * gaps) {
        return;
    }
    Seconds at = last_end;
    for (std::size_t i = 1; i <= *missing; ++i) {
        const auto track = order.after(i);
        Play play;
        play.track = track->track;
        play.place = order.place();
        play.place->index += i;
        play.start = at + std::max(Seconds{0}, gap / gaps);
        play.end = play.start + track->duration / turning;
        play.played = play.end - play.start;
        play.to = play.duration = track->duration;
        play.speed = turning;
        play.knowledge = Knowledge::Inferred;
        play.confidence = kInferred;
        at = play.end;
        side_music += play.played;
        sink(Played{play});
    }
    unknown_since.reset();
}

void Listener::State::end_current(Seconds end, const Sink& sink) {
    const Play play = current->play(std::max(end, current->entered()));
    const bool is_short =
        play.duration > Seconds{0} && play.played >= kMostOfTrack * play.duration / play.speed;
    const Seconds recognised = current->supports() * Ear::kPiece + options.first;
    const bool is_borne_out =
        current->supports() >= kLeastSupports && recognised >= kLeastRecognised * play.played;
    if (is_borne_out && (play.played >= options.least_play || is_short)) {
        sink(Played{play});
    }
    side_music += play.played;
    last_end = play.end;
    current.reset();
    shown.reset();
    locked_since.reset();
    unknown_since.reset();
}

void Listener::State::end_unknown(Seconds to, const Sink& sink) {
    if (unknown_since && to - *unknown_since > kLeastUnknown) {
        side_music += to - *unknown_since;
        sink(UnknownMusic{*unknown_since, to, memory.between(*unknown_since, to)});
    }
    unknown_since.reset();
}

/// Once a side, if anything sounded on it.
void Listener::State::tell_side_over(const Sink& sink) {
    over_told = true;
    if (side_music > Seconds{0}) {
        SideOver over{last_end, std::nullopt, 0, side_music};
        if (order.place()) {
            over.record = order.place()->record;
            over.side = order.place()->side;
        }
        sink(over);
    }
    side_music = Seconds{0};
}

void Listener::State::needle(const Sink& sink) {
    if (gate.is_down() && !was_down) {
        if (lift_told) {
            sink(NeedleDown{gate.needle_down()});
            lift_told = false;
        }
        over_told = false;
    }
    was_down = gate.is_down();
    if (!was_down && !lift_told && now - gate.needle_up() >= options.pause) {
        lift_told = true;
        sink(NeedleUp{gate.needle_up()});
        recent.forget(now);
        memory.lift();
        challenger.reset();
    }
}

/// Sound that was played and not recorded: time goes on.
void Listener::State::lose(Seconds gap, const Sink& sink) {
    gate.lost(gap);
    pass(samples_in(gap));
    recent.forget(now);
    memory.lost(now);
    challenger.reset();
    end_what_is_over(sink);
}

void Listener::State::end_what_is_over(const Sink& sink) {
    const bool is_up = !gate.is_down();
    const Seconds up_for = is_up ? now - gate.needle_up() : Seconds{0};
    const Seconds surface_for = gate.sound() == Sound::Surface ? now - gate.since() : Seconds{0};
    if (current && !locked_since) {
        const Seconds natural = current->natural_end();
        const Seconds unheard =
            now - std::max({current->last_supported(), gate.needle_down(), gate.onset()});
        // Groove noise alone may be a needle that was lifted: an amplifier can be as loud.
        const bool on_surface = gate.sound() == Sound::Surface;
        const Seconds patience = on_surface ? options.resume : options.patience;
        const bool left = on_surface && current->last_supported() < natural - kUnheard;
        if (is_up && gate.needle_up() < natural - Seconds{1}) {
            if (up_for >= options.resume) {
                end_current(std::max(gate.needle_up(), current->last_supported()), sink);
            }
        } else if (!left && now > natural + Seconds{2} && unheard > Seconds{2} &&
                   gate.onset() <= current->last_supported() + kJoin) {
            end_current(natural, sink);
        } else if (!is_up && unheard > patience) {
            end_current(current->last_supported(), sink);
        }
    } else if (current && (now - *locked_since > kLongestLock || up_for >= options.pause)) {
        end_current(current->last_supported(), sink);
    }
    if (!current) {
        if (challenger && now - challenger->first_at > options.patience) {
            challenger.reset();
        }
        if (!challenger && shown) {
            shown.reset();
        }
        if (gate.sound() == Sound::Music && !challenger && !unknown_since) {
            unknown_since = std::max(gate.onset(), last_end);
        }
        if (up_for >= options.pause || surface_for >= options.side_over) {
            end_unknown(gate.last_music(), sink);
            challenger.reset();
        }
    }
    // Where something is to follow, groove noise may be a soft beginning.
    const Seconds enough = order.next() ? options.side_over_early : options.side_over;
    const bool is_over = up_for >= options.resume || (surface_for >= enough && !current);
    if (is_over && !over_told) {
        tell_side_over(sink);
    }
}

void Listener::State::step(const Sink& sink) {
    needle(sink);
    const bool may_sound = gate.is_down() || now - gate.needle_up() < options.first;
    std::optional<Sighting> sighting;
    if (may_sound && current) {
        const Seconds from = std::max(now - kFollowed, current->entered());
        sighting = finder.follow(recent.since(from), *current);
    }
    if (may_sound && !sighting) {
        if (!repeats()) {
            sighting = search(); // a locked groove ends where the needle is found again
        } else if (!locked_since) {
            locked_since = now;
            challenger.reset();
            sink(LockedGroove{current->track(), current->last_supported(),
                              current->position(current->last_supported())});
        }
    }
    if (sighting) {
        take(*sighting, sink);
    }
    end_what_is_over(sink);
}

Listener::Listener(const fingerprint::Index& index, SidesOf sides, const ListenerOptions& options)
    : state_(std::make_unique<State>(index, std::move(sides), options)) {}
Listener::~Listener() = default;
Listener::Listener(Listener&&) noexcept = default;
Listener& Listener::operator=(Listener&&) noexcept = default;

void Listener::hear(const Heard& heard, const Sink& sink) {
    State& s = *state_;
    if (heard.lost_before > Seconds{0}) {
        s.lose(heard.lost_before, sink);
    }
    for (const std::int16_t level : heard.levels) {
        s.gate.hear(decibels_of(level));
    }
    s.pass(heard.samples);
    const Seconds zero = s.now - length_of(heard.before + heard.samples);
    s.recent.hear(heard.query, zero, s.now);
    s.memory.hear(heard, zero, s.gate,
                  std::min(s.unknown_since.value_or(s.now), s.now - kMayBeUnknown));
    if (heard.samples >= Ear::kPieceSamples) {
        s.step(sink); // shorter pieces come before a loss, and at the end
    }
}

void Listener::finish(const Sink& sink) {
    State& s = *state_;
    s.step(sink);
    if (s.current) {
        const Seconds natural = s.current->natural_end();
        const Seconds heard = s.gate.is_down() ? s.now : s.gate.needle_up();
        s.end_current(std::min(natural, std::max(heard, s.current->last_supported())), sink);
    }
    s.end_unknown(s.gate.last_music(), sink);
    if (!s.over_told) {
        s.tell_side_over(sink);
    }
}

Status Listener::status() const {
    const State& s = *state_;
    Status status;
    status.at = s.now;
    status.sound = s.gate.sound();
    status.level_dbfs = s.gate.level();
    status.now = s.shown;
    if (status.now && s.current && status.now->track == s.current->track()) {
        status.now->at = s.now;
        status.now->position = s.current->position(s.now);
    }
    if (s.current) {
        status.speed = s.current->speed();
        status.speed_error = s.current->speed_error();
        status.wow = s.current->wow();
    } else if (s.speed) {
        status.speed = *s.speed;
    }
    status.locked = s.locked_since.has_value();
    return status;
}

} // namespace spindle::turntable
