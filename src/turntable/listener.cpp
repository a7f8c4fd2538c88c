// SPDX-License-Identifier: Apache-2.0
#include "turntable/listener.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <utility>

#include "fingerprint/extractor.h"
#include "fingerprint/matcher.h"
#include "turntable/hearing.h"
#include "turntable/repetition.h"
#include "turntable/side_order.h"
#include "turntable/sound_gate.h"

namespace spindle::turntable {
namespace {

using fingerprint::kLandmarkRate;
using fingerprint::kTick;
using fingerprint::Landmark;

constexpr double kSure = 0.9;     ///< confidence of a search's answer (kLeastCertainty)
constexpr double kFollows = 10;   ///< score at a place that is known; chance has 0, rarely 5
constexpr double kStillThere = 8; ///< the same in a search that was not sure
constexpr Seconds kFollowed{6};   ///< of sound, to know whether the track goes on
constexpr Seconds kLatest{4};
constexpr double kStill = 3; ///< score
constexpr Seconds kJoin{1};  ///< sound before the last support may belong to what comes
constexpr Seconds kAtStart{0.3};
constexpr Seconds kBeginning{5};
constexpr Seconds kSlowStart{10};    ///< a file may begin with silence
constexpr Seconds kOnsetReach{0.4};  ///< how exactly the gate tells when music began
constexpr Seconds kOnsetStep{0.04};  ///< what verification finds by itself
constexpr double kAboutAsWell = 0.8; ///< of the score
constexpr Seconds kRestart{10};      ///< put back to within this of the beginning: played again
constexpr Seconds kRestartJump{20};
constexpr Seconds kNearWhereLeft{15};
constexpr Seconds kLeastUnknown{20};
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

/// A line that is not believed yet.
struct Challenger {
    Sighting sighting; ///< the latest
    Seconds first_at{0};
    Seconds earliest{0}; ///< stream time of its first landmark found
    int count = 1;
};

} // namespace

struct Listener::State {
    State(const fingerprint::Index& index_of, SidesOf sides, const ListenerOptions& given)
        : index(index_of), matcher(index_of), order(std::move(sides)), options(given),
          extractor(fingerprint::Density::Query),
          step_samples(std::max<std::uint64_t>(1, samples_in(given.step))), due(step_samples) {}

    const fingerprint::Index& index;
    fingerprint::Matcher matcher;
    SideOrder order;
    ListenerOptions options;
    fingerprint::LandmarkExtractor extractor;
    std::deque<Landmark> recent; ///< ticks from `origin`
    SoundGate gate;
    Seconds origin{0};         ///< stream time of the extractor's first sample
    std::uint64_t samples = 0; ///< fed or lost in all
    Seconds now{0};            ///< the same as a time
    std::uint64_t step_samples;
    std::uint64_t due;

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
        now = Seconds{static_cast<double>(samples) / kLandmarkRate.hz};
    }
    void step(const Sink& sink);
    void take_landmarks();
    void needle(const Sink& sink);
    std::vector<Landmark> clip_from(Seconds from, Seconds& start) const;
    std::optional<Sighting> follow();
    std::optional<Sighting> search();
    bool repeats();
    void take(const Sighting& sighting, const Sink& sink);
    void accept(const Sink& sink);
    Seconds entry_of(const Challenger& one) const;
    void infer(const SideOrder::Guess& guess, Seconds entered, const Sink& sink);
    void end_current(Seconds end, const Sink& sink);
    void end_what_is_over(const Sink& sink);
    void end_unknown(Seconds to, const Sink& sink);
    void show(const Sighting& sighting, bool confirmed, const Sink& sink);
    bool is_next(const Sighting& sighting) const;
    bool is_still(const Sighting& sighting) const;
    std::optional<Sighting> from_the_beginning(const Sighting& sighting) const;
    void forget_sound();
};

void Listener::State::forget_sound() {
    extractor = fingerprint::LandmarkExtractor(fingerprint::Density::Query);
    recent.clear();
    origin = now;
}

void Listener::State::take_landmarks() {
    for (const Landmark& landmark : extractor.take()) {
        recent.push_back(landmark);
    }
    const Seconds kept = options.window + Seconds{2};
    while (!recent.empty() && origin + kTick * recent.front().tick < now - kept) {
        recent.pop_front();
    }
}

/// Landmarks since `from`, ticks from `start`.
std::vector<Landmark> Listener::State::clip_from(Seconds from, Seconds& start) const {
    const auto first =
        static_cast<std::uint32_t>(std::llround(std::max(0.0, (from - origin) / kTick)));
    start = origin + kTick * first;
    std::vector<Landmark> clip;
    for (const Landmark& landmark : recent) {
        if (landmark.tick >= first) {
            clip.push_back({landmark.tick - first, landmark.pitch, landmark.contrast});
        }
    }
    return clip;
}

/// Is the track still where it should be?
std::optional<Sighting> Listener::State::follow() {
    Sighting sighting;
    const auto clip =
        clip_from(std::max(now - kFollowed, current->entered()), sighting.window_start);
    if (clip.empty()) {
        return std::nullopt;
    }
    sighting.window = kTick * clip.back().tick;
    sighting.candidate = matcher.at(clip, current->index_place(),
                                    current->position(sighting.window_start), current->speed());
    if (sighting.candidate.score < kFollows || !current->is_on_line(sighting)) {
        return std::nullopt;
    }
    return sighting;
}

/// What in the whole library is it?
std::optional<Sighting> Listener::State::search() {
    const Seconds least =
        current ? current->last_supported() - kJoin : std::max(last_end - kJoin, Seconds{0});
    const Seconds from = std::max({now - options.window, least, origin});
    const bool is_unknown =
        !challenger &&
        (gate.last_music() < from || (unknown_since && now - *unknown_since > kKnownUnknown));
    const bool is_silent = !gate.is_down() && gate.needle_up() < from;
    if (now - from < options.first || is_silent ||
        (is_unknown && now - asked_at < options.unknown_step)) {
        return std::nullopt;
    }
    asked_at = now;
    Sighting sighting;
    const auto clip = clip_from(from, sighting.window_start);
    if (clip.empty()) {
        return std::nullopt;
    }
    sighting.window = kTick * clip.back().tick;
    auto candidates = matcher.match(clip, {speed});
    if (speed && (candidates.empty() || candidates.front().confidence < kSure)) {
        // The speed may have been changed by hand, or another source is playing.
        candidates = matcher.match(clip);
    }
    for (const fingerprint::Candidate& candidate : candidates) {
        sighting.candidate = candidate;
        if (current && candidate.score >= kStillThere && current->is_on_line(sighting)) {
            return sighting;
        }
    }
    if (candidates.empty() || candidates.front().confidence < kSure) {
        return std::nullopt;
    }
    sighting.candidate = candidates.front();
    return sighting;
}

/// Does the platter turn on one groove?
bool Listener::State::repeats() {
    if (!current || now - current->last_supported() < kRepeats || recent.empty()) {
        return false;
    }
    const std::vector<Landmark> all(recent.begin(), recent.end());
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
    if (start >= lower - kJoin && start >= gate.needle_down() - kAtStart && start >= origin &&
        (is_other || one.earliest - start < kBeginning)) {
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
        Seconds start{0};
        const auto clip = clip_from(sighting.window_start, start);
        const auto pairs = matcher.pairs(clip, sighting.candidate);
        current->support(sighting, pairs);
        speed = current->speed();
        challenger.reset();
        if (shown) {
            shown->at = now;
            shown->position = current->position(now);
            shown->confidence = current->confidence();
        }
        return;
    }
    if (!challenger || !challenger->sighting.agrees_with(sighting)) {
        Seconds start{0};
        const auto clip = clip_from(sighting.window_start, start);
        const auto pairs = matcher.pairs(clip, sighting.candidate);
        challenger = Challenger{sighting, now, start + found_between(pairs).first};
        if (!current) {
            show(sighting, false, sink);
        }
        return;
    }
    challenger->sighting = sighting;
    ++challenger->count;
    const Seconds needed = is_next(sighting) ? options.expected_confirmation : options.confirmation;
    if (now - challenger->first_at >= needed && is_still(sighting)) {
        accept(sink);
    }
}

/// Is what was heard last on this line, too? A window that lies a turn back is not.
bool Listener::State::is_still(const Sighting& sighting) const {
    Seconds start{0};
    const auto clip = clip_from(now - kLatest, start);
    return !clip.empty() && matcher.at(clip, sighting.candidate.place, sighting.position(start),
                                       sighting.candidate.speed)
                                    .score >= kStill;
}

/// The same with the file's beginning where the music began, if that fits about as well: music that
/// repeats fits a bar later, or a verse, too.
std::optional<Sighting> Listener::State::from_the_beginning(const Sighting& sighting) const {
    std::vector<Landmark> beginning;
    index.landmarks(sighting.candidate.place, 0, static_cast<std::uint32_t>(kSlowStart / kTick),
                    beginning);
    if (beginning.empty()) {
        return std::nullopt;
    }
    const auto first =
        std::min_element(beginning.begin(), beginning.end(),
                         [](const Landmark& a, const Landmark& b) { return a.tick < b.tick; });
    const double turning = sighting.candidate.speed;
    const Seconds start = gate.onset() - kTick * first->tick / turning;
    const Seconds found = sighting.window_start - sighting.candidate.offset / turning;
    if (std::abs((start - found).count()) < kOnsetReach.count()) {
        return std::nullopt; // that is where it is
    }
    Sighting best = sighting;
    best.candidate.score = 0;
    const auto clip = clip_from(sighting.window_start, best.window_start);
    for (Seconds shift = -kOnsetReach; shift <= kOnsetReach; shift += kOnsetStep) {
        const auto candidate = matcher.at(clip, sighting.candidate.place,
                                          (best.window_start - start - shift) * turning, turning);
        if (candidate.score > best.candidate.score) {
            best.candidate = candidate;
        }
    }
    best.candidate.confidence = sighting.candidate.confidence;
    return best.candidate.score > kAboutAsWell * sighting.candidate.score ? std::optional(best)
                                                                          : std::nullopt;
}

void Listener::State::accept(const Sink& sink) {
    const bool is_new = !current || current->track() != challenger->sighting.candidate.track;
    if (is_new && gate.onset() > (current ? current->last_supported() : last_end) - kJoin) {
        if (const auto natural = from_the_beginning(challenger->sighting)) {
            challenger->sighting = *natural;
        }
    }
    const Challenger one = *challenger;
    const Sighting& sighting = one.sighting;
    const Seconds entered = entry_of(one);
    challenger.reset();
    locked_since.reset();
    if (current && current->track() == sighting.candidate.track) {
        const Seconds left = current->position(current->last_supported());
        const Seconds found = sighting.position(entered);
        const bool again = found < kRestart && left - found > kRestartJump;
        if (!again) {
            const bool lifted = gate.needle_down() > current->last_supported() - kJoin;
            if (lifted && std::abs((found - left).count()) < kNearWhereLeft.count()) {
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
        const bool ran_out = current->natural_end() <= entered + kJoin;
        end_current(ran_out
                        ? current->natural_end()
                        : std::min(entered, std::max(current->last_supported(),
                                                     gate.needle_down() > current->last_supported()
                                                         ? current->last_supported()
                                                         : entered)),
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
    if (current->supports() >= kLeastSupports && (play.played >= options.least_play || is_short)) {
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
        sink(UnknownMusic{*unknown_since, to});
    }
    unknown_since.reset();
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
        forget_sound();
        challenger.reset();
    }
}

void Listener::State::end_what_is_over(const Sink& sink) {
    const bool is_up = !gate.is_down();
    const Seconds up_for = is_up ? now - gate.needle_up() : Seconds{0};
    const Seconds surface_for = gate.sound() == Sound::Surface ? now - gate.since() : Seconds{0};
    if (current && !locked_since) {
        const Seconds unheard = now - std::max(current->last_supported(), gate.needle_down());
        const Seconds natural = current->natural_end();
        if (is_up && gate.needle_up() < natural - Seconds{1}) {
            if (up_for >= options.resume) {
                end_current(std::max(gate.needle_up(), current->last_supported()), sink);
            }
        } else if (now > natural + Seconds{2} && unheard > Seconds{2} &&
                   gate.onset() <= current->last_supported() + kJoin) {
            end_current(natural, sink);
        } else if (surface_for >= options.side_over && unheard >= options.side_over) {
            end_current(std::max(current->last_supported(), gate.since()), sink);
        } else if (!is_up && unheard > options.patience) {
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
    const bool is_over = up_for >= options.resume || (surface_for >= options.side_over && !current);
    if (is_over && !over_told) {
        over_told = true;
        if (side_music > Seconds{0}) {
            SideOver over{std::max(last_end, Seconds{0}), std::nullopt, 0, side_music};
            if (order.place()) {
                over.record = order.place()->record;
                over.side = order.place()->side;
            }
            sink(over);
        }
        side_music = Seconds{0};
    }
}

void Listener::State::step(const Sink& sink) {
    take_landmarks();
    needle(sink);
    const bool may_sound = gate.is_down() || now - gate.needle_up() < options.first;
    if (may_sound) {
        auto sighting = current ? follow() : std::nullopt;
        if (!sighting) {
            const bool was_locked = locked_since.has_value();
            if (repeats()) {
                if (!was_locked) {
                    locked_since = now;
                    challenger.reset();
                    sink(LockedGroove{current->track(), current->last_supported(),
                                      current->position(current->last_supported())});
                }
            } else {
                sighting = search(); // a locked groove ends where the needle is found again
            }
        }
        if (sighting) {
            take(*sighting, sink);
        }
    }
    end_what_is_over(sink);
}

Listener::Listener(const fingerprint::Index& index, SidesOf sides, const ListenerOptions& options)
    : state_(std::make_unique<State>(index, std::move(sides), options)) {}
Listener::~Listener() = default;
Listener::Listener(Listener&&) noexcept = default;
Listener& Listener::operator=(Listener&&) noexcept = default;

void Listener::feed(std::span<const float> block, const Sink& sink) {
    State& s = *state_;
    while (!block.empty()) {
        // Up to the next step, so that answers do not depend on block sizes.
        const auto count = std::min<std::uint64_t>(block.size(), s.due - s.samples);
        s.gate.feed(block.first(count));
        s.extractor.feed(block.first(count));
        s.pass(count);
        block = block.subspan(count);
        if (s.samples >= s.due) {
            s.step(sink);
            s.due += s.step_samples;
        }
    }
}

void Listener::lost(Seconds gap, const Sink& sink) {
    State& s = *state_;
    if (gap <= Seconds{0}) {
        return;
    }
    s.take_landmarks();
    s.gate.lost(gap);
    s.pass(samples_in(gap));
    s.forget_sound();
    s.challenger.reset();
    s.due = s.samples + s.step_samples;
    s.end_what_is_over(sink);
}

void Listener::finish(const Sink& sink) {
    State& s = *state_;
    s.extractor.finish();
    s.step(sink);
    if (s.current) {
        const Seconds natural = s.current->natural_end();
        const Seconds heard = s.gate.is_down() ? s.now : s.gate.needle_up();
        s.end_current(std::min(natural, std::max(heard, s.current->last_supported())), sink);
    }
    s.end_unknown(s.gate.last_music(), sink);
    if (s.side_music > Seconds{0} && !s.over_told) {
        SideOver over{s.last_end, std::nullopt, 0, s.side_music};
        if (s.order.place()) {
            over.record = s.order.place()->record;
            over.side = s.order.place()->side;
        }
        sink(over);
    }
    s.over_told = true;
    s.side_music = Seconds{0};
}

Status Listener::status() const {
    const State& s = *state_;
    Status status;
    status.at = s.now;
    status.sound = s.gate.sound();
    status.level_dbfs = s.gate.level();
    status.now = s.shown;
    if (status.now && s.current) {
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
