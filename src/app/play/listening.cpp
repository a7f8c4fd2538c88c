// SPDX-License-Identifier: Apache-2.0
#include "app/play/listening.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <deque>
#include <map>
#include <utility>

#include "app/grade/keep_grading.h"
#include "app/library/query.h"
#include "app/play/captured_ear.h"
#include "app/play/library_sides.h"
#include "app/play/side_grading.h"

namespace spindle::app {
namespace {

using fingerprint::kLandmarkRate;

/// Something to be kept that waits for its time (the clock was not set) or for the disk.
using Unkept = std::variant<PlayKept, store::StoredSide, UnknownKept>;

/// What was heard of unknown music, half a megabyte at most each, waits in memory so often.
constexpr std::size_t kMostHeardWaiting = 12;
struct Waiting {
    Unkept what;
    BootTime started{};
    BootTime ended{};
};

store::Milliseconds milliseconds(UtcTime time) {
    return std::chrono::floor<std::chrono::milliseconds>(time.since_1970).count();
}

TrackNames names_of(const store::Track& track, RecordId record) {
    const store::TrackFile* file = &track.main_file();
    for (const store::TrackFile& one : track.files) {
        if (one.record == record) {
            file = &one; // on two records, with the names it has on this one
        }
    }
    const store::Tags& tags = file->tags;
    return {tags.artist.empty() ? tags.album_artist : tags.artist,
            title_of(*file),
            tags.album,
            tags.mb_recording,
            tags.mb_release,
            tags.position};
}

} // namespace

struct Listening::State {
    State(std::filesystem::path folder, store::LibraryStore& library_store,
          store::PlayStore& play_store, ClockSources sources,
          const turntable::ListenerOptions& given)
        : index_folder(std::move(folder)), library(library_store), store(play_store),
          clocks(std::move(sources)), options(given) {}

    std::filesystem::path index_folder;
    store::LibraryStore& library;
    store::PlayStore& store;
    ClockSources clocks;
    turntable::ListenerOptions options;

    std::unique_ptr<fingerprint::FileIndex> index;
    std::filesystem::file_time_type index_time{};
    std::unique_ptr<turntable::Listener> listener;
    ListeningReport report;
    std::deque<Waiting> waiting;
    std::optional<NowHeard> now;
    // Stream time of the listener, and when that was.
    Seconds stream{0};
    BootTime stream_at{};
    bool may_reload = false;
    bool is_up = true;                  ///< the needle, as was told
    std::optional<SideGrading> grading; ///< where sides are graded
    store::GradeStore* gradings = nullptr;

    Result<void> load();
    bool index_has_changed() const;
    BootTime boot(Seconds at) const { return stream_at - (stream - at); }
    TrackNames names(TrackId track, RecordId record);
    void take(const turntable::Event& event, const ListeningSinks& sinks);
    void keep(Unkept what, Seconds from, Seconds to, const ListeningSinks& sinks);
    void keep_waiting(const ListeningSinks& sinks, bool is_last);
    void keep_grade(const store::StoredSide& side, const ListeningSinks& sinks);
    Result<void> store_one(Waiting& one, const ClockReading& reading, const ListeningSinks& sinks);
};

Listening::Listening(std::filesystem::path index_folder, store::LibraryStore& library,
                     store::PlayStore& plays, ClockSources clocks,
                     const turntable::ListenerOptions& options)
    : state_(std::make_unique<State>(std::move(index_folder), library, plays, std::move(clocks),
                                     options)) {}
Listening::~Listening() = default;

Result<void> Listening::State::load() {
    SPINDLE_TRY(auto opened,
                fingerprint::FileIndex::open(index_folder, fingerprint::Residence::Small));
    std::error_code error;
    index_time = std::filesystem::last_write_time(index_folder, error);
    listener.reset();
    index = std::make_unique<fingerprint::FileIndex>(std::move(opened));
    listener = std::make_unique<turntable::Listener>(
        *index,
        [this](TrackId track) {
            auto sides = sides_with(library, track);
            return sides ? std::move(*sides) : std::vector<turntable::Side>();
        },
        options);
    stream = Seconds{0};
    return {};
}

bool Listening::State::index_has_changed() const {
    std::error_code error;
    return std::filesystem::last_write_time(index_folder, error) != index_time && !error;
}

TrackNames Listening::State::names(TrackId track, RecordId record) {
    const auto found = library.track(track);
    return found && *found && !(*found)->files.empty() ? names_of(**found, record) : TrackNames{};
}

Result<void> Listening::State::store_one(Waiting& one, const ClockReading& reading,
                                         const ListeningSinks& sinks) {
    const store::Milliseconds started = milliseconds(to_utc(one.started, reading));
    const store::Milliseconds ended = milliseconds(to_utc(one.ended, reading));
    if (auto* kept = std::get_if<PlayKept>(&one.what)) {
        kept->play.started = started;
        kept->play.ended = std::max(started, ended);
        SPINDLE_TRY_VOID(store.add(kept->play));
        ++report.plays;
        sinks.event(*kept);
    } else if (auto* side = std::get_if<store::StoredSide>(&one.what)) {
        side->ended = ended;
        SPINDLE_TRY_VOID(store.add(*side));
        sinks.event(SideEnded{*side});
    } else if (auto* kept_unknown = std::get_if<UnknownKept>(&one.what)) {
        store::StoredUnknown& unknown = kept_unknown->unknown;
        unknown.started = started;
        unknown.ended = std::max(started, ended);
        unknown.heard = !kept_unknown->heard.empty();
        SPINDLE_TRY_VOID(store.add(unknown, kept_unknown->heard));
        ++report.unknown;
        sinks.event(*kept_unknown);
    }
    return {};
}

/// Keeps what waits, in order. @param is_last nothing follows: also with a clock that is wrong.
void Listening::State::keep_waiting(const ListeningSinks& sinks, bool is_last) {
    if (waiting.empty()) {
        return;
    }
    const ClockReading reading = read_clocks(clocks);
    if (reading.trust == ClockTrust::Wrong && !is_last) {
        return;
    }
    while (!waiting.empty()) {
        if (const auto kept = store_one(waiting.front(), reading, sinks); !kept) {
            sinks.event(SourceNote{audio::CaptureEvent::Sound,
                                   "could not be kept, tried again later: " + kept.error().message,
                                   Seconds{0}});
            break;
        }
        waiting.pop_front();
    }
    while (waiting.size() > kMostUnkept) {
        waiting.pop_front();
    }
    std::size_t heard = 0;
    for (auto one = waiting.rbegin(); one != waiting.rend(); ++one) {
        auto* const unknown = std::get_if<UnknownKept>(&one->what);
        if (unknown != nullptr && !unknown->heard.empty() && ++heard > kMostHeardWaiting) {
            unknown->heard = {};
        }
    }
}

void Listening::State::keep(Unkept what, Seconds from, Seconds to, const ListeningSinks& sinks) {
    waiting.push_back({std::move(what), boot(from), boot(to)});
    keep_waiting(sinks, false);
}

void Listening::State::keep_grade(const store::StoredSide& side, const ListeningSinks& sinks) {
    auto graded = grading ? grading->side_over() : std::nullopt;
    if (!graded) {
        return;
    }
    if (!graded->report.graded) {
        sinks.event(SourceNote{audio::CaptureEvent::Sound,
                               "the side is not graded: " + graded->report.because, Seconds{0}});
        return;
    }
    const ClockReading reading = read_clocks(clocks);
    store::StoredGrading kept =
        stored_grading(graded->side, graded->report, {}, milliseconds(to_utc(stream_at, reading)));
    kept.record = side.record;
    kept.side = side.side;
    if (const auto id = gradings->add(kept)) {
        kept.id = *id;
        sinks.event(SideGraded{std::move(kept), std::move(graded->report)});
    } else {
        sinks.event(SourceNote{audio::CaptureEvent::Sound,
                               "a grade could not be kept: " + id.error().message, Seconds{0}});
    }
}

void Listening::State::take(const turntable::Event& event, const ListeningSinks& sinks) {
    if (const auto* playing = std::get_if<turntable::NowPlaying>(&event)) {
        const RecordId record = playing->place ? playing->place->record : RecordId{};
        now = NowHeard{*playing, names(playing->track, record), {}, boot(playing->at)};
        if (playing->next) {
            now->next_title = names(playing->next->track, record).title;
        }
        sinks.event(*now);
    } else if (const auto* played = std::get_if<turntable::Played>(&event)) {
        const turntable::Play& play = played->play;
        PlayKept kept;
        kept.started = boot(play.start);
        store::StoredPlay& stored = kept.play;
        stored.track = play.track;
        if (play.place) {
            stored.record = play.place->record;
            stored.side = play.place->side == 0 ? "" : std::string(1, play.place->side);
            stored.position = static_cast<int>(play.place->index) + 1;
        }
        kept.names = names(play.track, stored.record);
        stored.artist = kept.names.artist;
        stored.title = kept.names.title;
        stored.album = kept.names.album;
        stored.played = play.played;
        stored.from = play.from;
        stored.to = play.to;
        stored.duration = play.duration;
        stored.speed = play.speed;
        stored.speed_error = play.speed_error;
        if (play.wow) {
            stored.wow =
                store::PlayWow{play.wow->peak, play.wow->weighted, play.wow->turns_per_minute};
        }
        stored.confidence = play.confidence;
        stored.inferred = play.knowledge == turntable::Knowledge::Inferred;
        stored.skips = play.skips;
        stored.matched = play.matched;
        stored.expected = play.expected;
        now.reset();
        keep(std::move(kept), play.start, play.end, sinks);
    } else if (const auto* down = std::get_if<turntable::NeedleDown>(&event)) {
        is_up = false;
        sinks.event(NeedleMoved{true, boot(down->at)});
    } else if (const auto* up = std::get_if<turntable::NeedleUp>(&event)) {
        now.reset();
        may_reload = is_up = true;
        sinks.event(NeedleMoved{false, boot(up->at)});
    } else if (const auto* over = std::get_if<turntable::SideOver>(&event)) {
        now.reset();
        may_reload = true;
        const store::StoredSide side{0, over->record.value_or(RecordId{}),
                                     over->side == 0 ? "" : std::string(1, over->side),
                                     over->music};
        keep(side, over->at, over->at, sinks);
        keep_grade(side, sinks);
    } else if (const auto* unknown = std::get_if<turntable::UnknownMusic>(&event)) {
        UnknownKept kept;
        kept.heard = turntable::to_bytes(unknown->heard);
        keep(std::move(kept), unknown->from, unknown->to, sinks);
    } else if (const auto* locked = std::get_if<turntable::LockedGroove>(&event)) {
        sinks.event(GrooveLocked{*locked, names(locked->track, RecordId{})});
    }
}

void Listening::grade_with(const grade::GradeModels& models, store::GradeStore& gradings) {
    state_->grading.emplace(models);
    state_->gradings = &gradings;
}

Result<void> Listening::begin() {
    state_->report = {};
    return state_->load();
}

Result<void> Listening::hear(const turntable::Heard& heard, BootTime end,
                             const ListeningSinks& sinks) {
    State& s = *state_;
    const auto sink = [&](const turntable::Event& event) { s.take(event, sinks); };
    const Seconds length{static_cast<double>(heard.samples) / kLandmarkRate.hz};
    s.stream += heard.lost_before + length;
    s.stream_at = end;
    s.report.heard += length;
    s.report.lost += heard.lost_before;
    s.listener->hear(heard, sink);
    s.keep_waiting(sinks, false);
    if (std::exchange(s.may_reload, false) && s.index_has_changed()) {
        s.listener->finish(sink);
        SPINDLE_TRY_VOID(s.load());
        s.may_reload = false;
    }
    return {};
}

ListeningStatus Listening::status() const {
    return {state_->listener->status(), state_->now, {}, 0, state_->stream_at};
}

std::size_t Listening::waiting() const {
    return state_->waiting.size();
}

bool Listening::is_settled() const {
    const turntable::Status status = state_->listener->status();
    return status.sound == turntable::Sound::Silence && !status.now && state_->waiting.empty() &&
           state_->is_up;
}

ListeningReport Listening::end(const ListeningSinks& sinks) {
    State& s = *state_;
    s.listener->finish([&](const turntable::Event& event) { s.take(event, sinks); });
    s.keep_waiting(sinks, true);
    return s.report;
}

Result<ListeningReport> Listening::run(audio::Capture& capture, const ListeningSinks& sinks) {
    State& s = *state_;
    SPINDLE_TRY_VOID(begin());
    CapturedEar ear;
    std::optional<audio::LevelMeter> meter;
    std::vector<audio::ChannelLevel> levels;
    std::uint64_t blocks = 0;
    Seconds told{-1};
    Result<void> failed;
    const CapturedEar::Sink sink = [&](const turntable::Heard& heard, BootTime end) {
        if (failed) {
            failed = hear(heard, end, sinks);
        }
    };
    for (;;) {
        const auto block = capture.next();
        if (!block) {
            s.report.interrupted = block.error().code == Code::Cancelled;
            if (!s.report.interrupted) {
                failed = tl::unexpected(block.error());
            }
            break;
        }
        if (block->event == audio::CaptureEvent::End) {
            break;
        }
        if (block->event != audio::CaptureEvent::Sound) {
            if (block->event != audio::CaptureEvent::Waiting) {
                sinks.event(SourceNote{block->event, block->note, Seconds{0}});
            }
            s.keep_waiting(sinks, false);
            continue;
        }
        if (!meter) {
            meter.emplace(block->channels);
        }
        if (block->lost_before > 0) {
            const Seconds lost{static_cast<double>(block->lost_before) / block->rate.hz};
            sinks.event(SourceNote{audio::CaptureEvent::Sound, "sound was lost", lost});
            if (s.grading) {
                s.grading->lost();
            }
        }
        if (s.grading) {
            if (s.listener->status().sound == turntable::Sound::Silence) {
                s.grading->idle();
            }
            s.grading->feed(block->samples, block->channels, block->rate);
        }
        SPINDLE_TRY_VOID(ear.feed(*block, sink));
        SPINDLE_TRY_VOID(failed);
        meter->add(block->samples);
        ++blocks;
        if (static_cast<double>(meter->frames()) >= block->rate.hz) {
            levels = meter->levels();
            meter->reset();
        }
        if (sinks.status && s.report.heard - told >= Seconds{1}) {
            told = s.report.heard;
            sinks.status({s.listener->status(), s.now, levels, blocks, s.stream_at});
        }
    }
    ear.finish(sink);
    const ListeningReport report = end(sinks);
    SPINDLE_TRY_VOID(failed);
    return report;
}

} // namespace spindle::app
