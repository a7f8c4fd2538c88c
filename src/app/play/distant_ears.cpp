// SPDX-License-Identifier: Apache-2.0
#include "app/play/distant_ears.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <mutex>
#include <utility>

#include "app/play/heard_spool.h"
#include "io/file.h"

namespace spindle::app {
namespace {

namespace fs = std::filesystem;

// Files beside the batches of a stream.
constexpr std::string_view kWanted = "wanted"; ///< number of the first piece not settled
constexpr std::string_view kBox = "box";       ///< whose it is

/// A name as hear_for() makes them: no path, whatever comes.
bool is_stream_name(std::string_view name) {
    constexpr std::size_t kLength = 8 + 1 + 32;
    return name.size() == kLength && name[8] == '-' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

Result<std::uint64_t> read_wanted(const fs::path& file) {
    std::error_code error;
    if (!fs::exists(file, error)) {
        return 0;
    }
    SPINDLE_TRY(const std::string text, io::read_file(file, 32));
    std::uint64_t number = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (trouble != std::errc{} || end == text.data()) {
        return fail(Code::BadInput, "{}: no number in it", file.string());
    }
    return number;
}

} // namespace

struct DistantEars::State {
    /// One stream, and who listens to it.
    struct Stream {
        Stream(const Backends& backends, const fs::path& data_folder, HeardSpool waiting)
            : spool(std::move(waiting)), data(data_folder), use(backends) {}

        Result<void> open(const ListeningSinks& sinks);
        Result<void> hear(const HeardBatch& batch, const ListeningSinks& sinks);
        Result<void> settle();
        void remove();

        HeardSpool spool;
        fs::path data;
        const Backends& use;
        std::unique_ptr<store::LibraryStore> library;
        std::unique_ptr<store::PlayStore> plays;
        std::optional<Listening> listening;
        std::uint64_t next = 0;
        UtcTime at{}; ///< of the latest batch
        std::string box;
    };

    Result<Stream*> stream(const std::string& box, const std::string& name, std::uint64_t first);
    Result<void> finish(const std::string& name);
    Result<void> finish_others(const std::string& box, const std::string& name, UtcTime now);
    ListeningSinks sinks_of(const std::string& box) {
        return {[this, box](const ListeningEvent& one) { event(box, one); },
                status ? [this, box](const ListeningStatus& one) { status(box, one); }
                       : std::function<void(const ListeningStatus&)>()};
    }

    const Backends& backends;
    fs::path data_folder;
    fs::path folder;
    EventSink event;
    StatusSink status;
    std::mutex mutex;
    std::map<std::string, std::unique_ptr<Stream>> streams;
};

/// Hears again what was not settled.
Result<void> DistantEars::State::Stream::open(const ListeningSinks& sinks) {
    SPINDLE_TRY(library, use.open_library(data, store::Access::Read));
    SPINDLE_TRY(plays, use.open_plays(data, store::Access::Write));
    listening.emplace(index_folder(data), *library, *plays, utc_clock_sources());
    SPINDLE_TRY_VOID(listening->begin());
    SPINDLE_TRY(next, read_wanted(spool.folder() / kWanted));
    for (std::uint64_t from = 0; !spool.empty();) {
        auto batch = spool.from(from);
        if (!batch && batch.error().code == Code::NotFound) {
            break;
        }
        if (!batch) {
            sinks.event(SourceNote{audio::CaptureEvent::Sound, batch.error().message, Seconds{0}});
            continue;
        }
        SPINDLE_TRY_VOID(hear(*batch, sinks));
        from = batch->first + 1;
    }
    return {};
}

Result<void> DistantEars::State::Stream::hear(const HeardBatch& batch,
                                              const ListeningSinks& sinks) {
    for (std::uint64_t number = std::max(next, batch.first); number < batch.next(); ++number) {
        const HeardPiece& piece = batch.pieces[number - batch.first];
        SPINDLE_TRY_VOID(listening->hear(piece.heard, piece.end, sinks));
        next = number + 1;
        at = UtcTime{piece.end.since_boot};
    }
    if (sinks.status) {
        sinks.status(listening->status());
    }
    return {};
}

/// Forgets what is not needed any more.
Result<void> DistantEars::State::Stream::settle() {
    if (!listening->is_settled()) {
        return {};
    }
    // In this order: a kill in between leaves batches that are no longer wanted.
    SPINDLE_TRY_VOID(io::write_atomically(spool.folder() / kWanted, std::to_string(next), 0600));
    return spool.drop_before(next);
}

void DistantEars::State::Stream::remove() {
    std::error_code error; // what stays is found again at the next start, and heard once more
    fs::remove_all(spool.folder(), error);
}

Result<DistantEars::State::Stream*>
DistantEars::State::stream(const std::string& box, const std::string& name, std::uint64_t first) {
    if (!is_stream_name(name)) {
        return fail(Code::BadInput, "that is no name of a stream of sound");
    }
    if (const auto found = streams.find(name); found != streams.end()) {
        if (found->second->box != box) {
            return fail(Code::NoAccess, "this stream is another device's");
        }
        return found->second.get();
    }
    if (streams.size() >= kMostStreams) {
        return fail(Code::Busy, "{} turntables are listened to already", kMostStreams);
    }
    const fs::path place = folder / name;
    std::error_code error;
    const bool is_known = fs::exists(place, error);
    SPINDLE_TRY(auto spool, HeardSpool::open(place));
    auto opened = std::make_unique<Stream>(backends, data_folder, std::move(spool));
    opened->box = box;
    if (!is_known) {
        SPINDLE_TRY_VOID(io::write_atomically(place / kBox, box, 0600));
    }
    SPINDLE_TRY_VOID(opened->open(sinks_of(box)));
    if (!is_known) {
        opened->next = first;
    }
    return streams.emplace(name, std::move(opened)).first->second.get();
}

Result<void> DistantEars::State::finish(const std::string& name) {
    const auto found = streams.find(name);
    Stream& stream = *found->second;
    stream.listening->end(sinks_of(stream.box));
    if (stream.listening->waiting() > 0) {
        const std::size_t waiting = stream.listening->waiting();
        streams.erase(found); // it is heard again from the disk, when there is room, or access
        return fail(Code::Failed, "{} plays could not be kept yet", waiting);
    }
    stream.remove();
    streams.erase(found);
    return {};
}

/// A box that begins a stream is done with those before; so is one that was not heard of for long.
Result<void> DistantEars::State::finish_others(const std::string& box, const std::string& name,
                                               UtcTime now) {
    std::vector<std::string> over;
    for (const auto& [other, stream] : streams) {
        const bool is_forgotten =
            Seconds{now.since_1970 - stream->at.since_1970} > kForgotten && stream->next > 0;
        if (other != name && (stream->box == box || is_forgotten)) {
            over.push_back(other);
        }
    }
    for (const std::string& other : over) {
        SPINDLE_TRY_VOID(finish(other));
    }
    return {};
}

DistantEars::DistantEars(const Backends& backends, fs::path data_folder, fs::path folder,
                         EventSink event, StatusSink status)
    : state_(new State{backends,
                       std::move(data_folder),
                       std::move(folder),
                       std::move(event),
                       std::move(status),
                       {},
                       {}}) {}
DistantEars::~DistantEars() = default;

Result<void> DistantEars::resume() {
    State& s = *state_;
    const std::lock_guard lock(s.mutex);
    std::vector<std::string> names;
    std::error_code error;
    for (auto entry = fs::directory_iterator(s.folder, error);
         !error && entry != fs::directory_iterator(); entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (is_stream_name(name)) {
            names.push_back(name);
        }
    }
    if (error && error != std::errc::no_such_file_or_directory) {
        return fail(Code::NoAccess, "{}: {}", s.folder.string(), error.message());
    }
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
        const auto box = io::read_file(s.folder / name / kBox, 4096);
        const auto taken_up = box ? s.stream(*box, name, 0) : tl::unexpected(box.error());
        if (!taken_up) {
            s.event(name, SourceNote{audio::CaptureEvent::Sound,
                                     "what a distant ear heard cannot be taken up: " +
                                         taken_up.error().message,
                                     Seconds{0}});
        }
    }
    return {};
}

Result<EarAnswer> DistantEars::take(const std::string& box, const std::string& stream,
                                    HeardBatch batch, UtcTime now) {
    State& s = *state_;
    const std::lock_guard lock(s.mutex);
    SPINDLE_TRY_VOID(s.finish_others(box, stream, now));
    SPINDLE_TRY(State::Stream* const to, s.stream(box, stream, batch.first));
    if (batch.first > to->next) {
        return fail(Code::BadInput, "piece {} is wanted next, not {}", to->next, batch.first);
    }
    if (batch.next() > to->next) {
        batch = in_utc(std::move(batch), now);
        SPINDLE_TRY_VOID(to->spool.add(batch));
        SPINDLE_TRY_VOID(to->hear(batch, s.sinks_of(box)));
        SPINDLE_TRY_VOID(to->settle());
    }
    return EarAnswer{to->next, to->listening->status().now};
}

Result<void> DistantEars::end(const std::string& box, const std::string& stream) {
    State& s = *state_;
    const std::lock_guard lock(s.mutex);
    if (!is_stream_name(stream)) {
        return fail(Code::BadInput, "that is no name of a stream of sound");
    }
    std::error_code error;
    if (!s.streams.contains(stream) && !std::filesystem::exists(s.folder / stream, error)) {
        return {};
    }
    SPINDLE_TRY_VOID(s.stream(box, stream, 0));
    return s.finish(stream);
}

} // namespace spindle::app
