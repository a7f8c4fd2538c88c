// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/index_writer.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

#include "fingerprint/journal.h"
#include "fingerprint/manifest.h"
#include "fingerprint/pairs.h"
#include "fingerprint/segment.h"
#include "io/file.h"
#include "io/output_file.h"

namespace spindle::fingerprint {
namespace {

namespace fs = std::filesystem;

/// A journal of this size is committed by itself: bounds memory, and what a new writer re-reads.
/// About 1,400 tracks.
constexpr std::uint64_t kMostJournalBytes = 32U << 20U;
/// Segments above this many pairs are not merged further: building one sorts within 64 MB, in 16
/// passes. A query looks into each segment for each pair: 100,000 tracks should lie in about four.
constexpr std::uint64_t kMostPostings = 256'000'000;
/// A segment is merged with younger ones that together reach a third of its size: every track is
/// rewritten O(log n) times, and a library has few segments.
constexpr std::uint64_t kGrowth = 3;

struct OpenSegment {
    Manifest::Entry entry;
    Segment segment;

    std::uint64_t live_tracks() const { return segment.track_count() - entry.removed.size(); }
};

} // namespace

struct IndexWriter::State {
    fs::path folder;
    io::FileLock lock;
    Manifest manifest;
    std::vector<OpenSegment> segments;
    std::optional<Journal> journal;
    PendingTracks pending;
    std::mutex mutex;

    State(fs::path where, io::FileLock held) : folder(std::move(where)), lock(std::move(held)) {}

    /// Deletes what a killed writer left: segments and journals the manifest does not name.
    void remove_orphans() const {
        std::error_code ignored;
        for (const auto& item : fs::directory_iterator(folder, ignored)) {
            const std::string name = item.path().filename().string();
            const bool ours =
                name.ends_with(".seg") || name.ends_with(".jnl") || name.starts_with("MANIFEST.");
            const bool named =
                name == manifest.journal ||
                std::any_of(manifest.segments.begin(), manifest.segments.end(),
                            [&](const Manifest::Entry& entry) { return entry.file == name; });
            if (ours && !named) {
                fs::remove(item.path(), ignored);
            }
        }
    }

    Result<void> start_journal(Manifest& target) {
        target.journal = fmt::format("{:06}.jnl", target.next_number++);
        PendingTracks none;
        SPINDLE_TRY(auto created, Journal::open(folder / target.journal, none));
        journal.emplace(std::move(created));
        return {};
    }

    /// Marks the pending tracks as gone from the segments they were in.
    void mark_replaced() {
        for (OpenSegment& open : segments) {
            for (std::size_t i = 0; i < open.segment.track_count(); ++i) {
                const TrackId track = open.segment.track(i).id;
                if (pending.contains(track)) {
                    open.entry.removed.insert(track);
                }
            }
        }
    }

    /// How many of the youngest segments are to be merged with the pending tracks.
    std::size_t segments_to_merge() const {
        std::uint64_t tracks = 0;
        std::uint64_t postings = 0;
        for (const auto& [id, track] : pending) {
            tracks += track ? 1 : 0;
            postings +=
                track ? track->landmarks.size() * static_cast<std::uint64_t>(PairOptions{}.fan_out)
                      : 0;
        }
        std::size_t count = 0;
        while (count < segments.size()) {
            const OpenSegment& older = segments[segments.size() - 1 - count];
            const bool mostly_gone = older.live_tracks() * 4 < older.segment.track_count() * 3;
            if ((older.live_tracks() > tracks * kGrowth && !mostly_gone) ||
                postings + older.segment.posting_count() > kMostPostings) {
                break;
            }
            tracks += older.live_tracks();
            postings += older.segment.posting_count();
            ++count;
        }
        return count;
    }

    std::vector<TrackSource> sources_of(std::size_t merged) const {
        std::vector<TrackSource> sources;
        for (std::size_t s = segments.size() - merged; s < segments.size(); ++s) {
            const OpenSegment& open = segments[s];
            for (std::size_t i = 0; i < open.segment.track_count(); ++i) {
                const Segment::Track track = open.segment.track(i);
                if (!open.entry.removed.contains(track.id)) {
                    sources.push_back({track.id, track.duration, [&open, i] {
                                           std::vector<Landmark> landmarks;
                                           open.segment.landmarks(i, 0, ~0U, landmarks);
                                           return landmarks;
                                       }});
                }
            }
        }
        for (const auto& [id, track] : pending) {
            if (track) {
                const PendingTrack* content = &*track;
                sources.push_back(
                    {id, content->duration, [content] { return content->landmarks; }});
            }
        }
        return sources;
    }

    Result<OpenSegment> write_segment(const std::string& name,
                                      std::span<const TrackSource> sources) const {
        const fs::path path = folder / name;
        const auto write = [&]() -> Result<void> {
            SPINDLE_TRY(auto file, io::OutputFile::create(path));
            SPINDLE_TRY_VOID(build_segment(
                sources, [&](std::span<const std::byte> bytes) { return file.append(bytes); }));
            return file.sync();
        };
        if (auto written = write(); !written) {
            std::error_code ignored;
            fs::remove(path, ignored);
            return tl::unexpected(written.error());
        }
        SPINDLE_TRY(auto segment, Segment::open(path));
        return OpenSegment{{name, {}}, std::move(segment)};
    }

    Result<void> commit(const ProgressSink& progress);
};

IndexWriter::IndexWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
IndexWriter::~IndexWriter() = default;
IndexWriter::IndexWriter(IndexWriter&&) noexcept = default;
IndexWriter& IndexWriter::operator=(IndexWriter&&) noexcept = default;

Result<IndexWriter> IndexWriter::open(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        return tl::unexpected(system_error(folder.string(), error.value()));
    }
    SPINDLE_TRY(auto lock, io::FileLock::acquire(folder / "LOCK"));
    auto state = std::make_unique<State>(folder, std::move(lock));
    SPINDLE_TRY(state->manifest, Manifest::read(folder));
    for (const Manifest::Entry& entry : state->manifest.segments) {
        SPINDLE_TRY(auto segment, Segment::open(folder / entry.file));
        state->segments.push_back({entry, std::move(segment)});
    }
    state->remove_orphans();
    if (state->manifest.journal.empty()) {
        Manifest first = state->manifest;
        SPINDLE_TRY_VOID(state->start_journal(first));
        SPINDLE_TRY_VOID(first.write(folder));
        state->manifest = std::move(first);
    } else {
        SPINDLE_TRY(auto journal, Journal::open(folder / state->manifest.journal, state->pending));
        state->journal.emplace(std::move(journal));
    }
    return IndexWriter(std::move(state));
}

Result<void> IndexWriter::add(TrackId track, std::span<const Landmark> landmarks,
                              Seconds duration) {
    const std::lock_guard guard(state_->mutex);
    SPINDLE_TRY_VOID(state_->journal->add(track, landmarks, duration));
    state_->pending[track] = PendingTrack{{landmarks.begin(), landmarks.end()}, duration};
    return state_->journal->bytes() > kMostJournalBytes ? state_->commit({}) : Result<void>{};
}

Result<void> IndexWriter::remove(TrackId track) {
    const std::lock_guard guard(state_->mutex);
    SPINDLE_TRY_VOID(state_->journal->remove(track));
    state_->pending[track].reset();
    return {};
}

std::vector<TrackId> IndexWriter::tracks() const {
    const std::lock_guard guard(state_->mutex);
    std::set<TrackId> tracks;
    for (const OpenSegment& open : state_->segments) {
        for (std::size_t i = 0; i < open.segment.track_count(); ++i) {
            const TrackId track = open.segment.track(i).id;
            if (!open.entry.removed.contains(track)) {
                tracks.insert(track);
            }
        }
    }
    for (const auto& [id, track] : state_->pending) {
        if (track) {
            tracks.insert(id);
        } else {
            tracks.erase(id);
        }
    }
    return {tracks.begin(), tracks.end()};
}

Result<void> IndexWriter::commit(const ProgressSink& progress) {
    const std::lock_guard guard(state_->mutex);
    return state_->commit(progress);
}

Result<void> IndexWriter::State::commit(const ProgressSink& progress) {
    if (pending.empty()) {
        return {};
    }
    mark_replaced();
    const std::size_t merged = segments_to_merge();
    // A damaged segment must stay as it is, with the checksum that tells.
    for (std::size_t s = segments.size() - merged; s < segments.size(); ++s) {
        SPINDLE_TRY_VOID(segments[s].segment.verify());
    }
    const auto sources = sources_of(merged);
    if (progress) {
        progress({"writing the index", "", 0, sources.size(), std::nullopt});
    }
    // Three steps, each leaving a usable index: the new segment, then the manifest that names it
    // (and a fresh journal), then the removal of what is no longer named.
    Manifest next = manifest;
    std::optional<OpenSegment> fresh;
    if (!sources.empty()) {
        SPINDLE_TRY(auto written,
                    write_segment(fmt::format("{:06}.seg", next.next_number++), sources));
        fresh.emplace(std::move(written));
    }
    next.segments.clear();
    for (std::size_t s = 0; s + merged < segments.size(); ++s) {
        next.segments.push_back(segments[s].entry);
    }
    if (fresh) {
        next.segments.push_back(fresh->entry);
    }
    std::optional<Journal> previous = std::move(journal);
    auto started = start_journal(next);
    if (started) {
        started = next.write(folder);
        // A failure after the rename (syncing the folder) leaves the new manifest in force.
        if (const auto now = Manifest::read(folder);
            !started && now && now->text() == next.text()) {
            started = {};
        }
    }
    if (!started) {
        journal = std::move(previous); // nothing has changed for readers or for the next writer
        remove_orphans();
        return started;
    }
    segments.erase(segments.end() - static_cast<std::ptrdiff_t>(merged), segments.end());
    if (fresh) {
        segments.push_back(std::move(*fresh));
    }
    manifest = std::move(next);
    pending.clear();
    remove_orphans();
    if (progress) {
        progress({"writing the index", "", sources.size(), sources.size(), std::nullopt});
    }
    return {};
}

} // namespace spindle::fingerprint
