// SPDX-License-Identifier: Apache-2.0
#include "app/library/library_writer.h"

#include <algorithm>
#include <chrono>

#include "app/library/records.h"
#include "base/clock.h"
#include "fingerprint/landmark_bytes.h"

namespace spindle::app {
namespace {

bool is_gone(const std::string& path) {
    std::error_code error;
    return !std::filesystem::exists(path, error) && !error;
}

} // namespace

std::string_view name_of(Outcome outcome) {
    switch (outcome) {
    case Outcome::Added:
        return "added";
    case Outcome::Updated:
        return "updated";
    case Outcome::Replaced:
        return "replaced";
    case Outcome::Moved:
        return "moved";
    case Outcome::Copied:
        return "copied";
    case Outcome::Finished:
        break;
    }
    return "finished";
}

Result<std::unique_ptr<LibraryWriter>>
LibraryWriter::open(const Backends& backends, const std::filesystem::path& data_folder) {
    SPINDLE_TRY(auto store, backends.open_library(data_folder, store::Access::Write));
    SPINDLE_TRY(auto index, fingerprint::IndexWriter::open(index_folder(data_folder)));
    return std::unique_ptr<LibraryWriter>(new LibraryWriter(std::move(store), std::move(index)));
}

Result<void> LibraryWriter::reconcile() {
    const std::scoped_lock lock(mutex_);
    SPINDLE_TRY(const auto states, store_->track_states());
    const auto indexed = index_.tracks();
    for (const auto& [track, state] : states) {
        if (state == store::IndexState::Indexed &&
            !std::binary_search(indexed.begin(), indexed.end(), track)) {
            SPINDLE_TRY_VOID(store_->set_state(track, store::IndexState::Pending));
        }
    }
    for (const auto& [track, state] : states) {
        if (!std::binary_search(indexed.begin(), indexed.end(), track)) {
            SPINDLE_TRY_VOID(index_kept_locked(track));
        }
    }
    for (const TrackId track : indexed) {
        const auto known =
            std::lower_bound(states.begin(), states.end(), track,
                             [](const auto& entry, const TrackId& id) { return entry.first < id; });
        if (known == states.end() || known->first != track) {
            SPINDLE_TRY_VOID(index_.remove(track));
        }
    }
    return {};
}

/// States that `file` holds `track`, which the store has.
Result<Taken> LibraryWriter::place_locked(const store::Track& track, const FoundFile& file,
                                          const store::Tags& tags) {
    Taken taken{Outcome::Updated, track.id, {}};
    SPINDLE_TRY(const auto here, store_->file_at(file.path));
    if (here && here->track == track.id) {
        SPINDLE_TRY_VOID(store_->put_file(track.id, file.path, file.stamp, tags));
        return taken;
    }
    if (here) {
        displaced_[here->track] = file.path;
    }
    if (track.files.empty()) { // its old place was taken by another sound a moment ago
        taken = {Outcome::Moved, track.id, displaced_[track.id]};
    } else {
        taken = {Outcome::Copied, track.id, track.main_file().path};
    }
    for (const store::TrackFile& other : track.files) {
        if (is_gone(other.path)) {
            taken = {Outcome::Moved, track.id, other.path};
            SPINDLE_TRY_VOID(store_->move_file(other.id, file.path, file.stamp, tags));
            return taken;
        }
        if (changed_.contains(other.path)) { // something else lies there now; its row follows it
            taken = {Outcome::Moved, track.id, other.path};
        }
    }
    SPINDLE_TRY_VOID(store_->put_file(track.id, file.path, file.stamp, tags));
    return taken;
}

/// Enters a sound the store does not have.
Result<Taken> LibraryWriter::enter_locked(const FoundFile& file, const store::Sound& sound,
                                          const store::Tags& tags) {
    SPINDLE_TRY(const auto here, store_->file_at(file.path));
    if (here) {
        SPINDLE_TRY(const auto old, store_->track(here->track));
        if (old && old->files.size() == 1) {
            SPINDLE_TRY_VOID(store_->replace_sound(old->id, sound));
            SPINDLE_TRY_VOID(store_->put_file(old->id, file.path, file.stamp, tags));
            return Taken{Outcome::Replaced, old->id, {}};
        }
        displaced_[here->track] = file.path;
    }
    SPINDLE_TRY(const auto id,
                store_->add_track(sound, file.path, file.stamp, tags, system_seconds()));
    return Taken{Outcome::Added, id, {}};
}

/// Gives the index what the store keeps of a track that no file can give again, if it is one.
Result<void> LibraryWriter::index_kept_locked(TrackId track) {
    SPINDLE_TRY(const auto kept, store_->kept_landmarks(track));
    if (kept.empty()) {
        return {};
    }
    SPINDLE_TRY(const auto landmarks, fingerprint::landmarks_of_bytes(kept));
    SPINDLE_TRY(const auto entered, store_->track(track));
    if (!entered) {
        return {};
    }
    SPINDLE_TRY_VOID(index_.add(track, landmarks, entered->sound.duration));
    return store_->set_state(track, store::IndexState::Indexed);
}

Result<TrackId> LibraryWriter::take_enrolled(const std::string& path, const HeardSound& heard,
                                             const store::Tags& tags) {
    const std::scoped_lock lock(mutex_);
    SPINDLE_TRY(const TrackId track,
                store_->enrol(heard.sound, path, tags, fingerprint::landmark_bytes(heard.landmarks),
                              system_seconds()));
    SPINDLE_TRY_VOID(index_kept_locked(track));
    return track;
}

Result<std::optional<Taken>> LibraryWriter::take_known(const FoundFile& file,
                                                       const store::AudioHash& audio) {
    const store::Tags tags = tags_of(file.path);
    const std::scoped_lock lock(mutex_);
    SPINDLE_TRY(const auto track, store_->track_with_audio(audio));
    if (!track || track->state == store::IndexState::Pending) {
        return std::optional<Taken>{};
    }
    SPINDLE_TRY(auto taken, place_locked(*track, file, tags));
    SPINDLE_TRY_VOID(store_->remove_problem(file.path));
    return std::optional(std::move(taken));
}

Result<Taken> LibraryWriter::take_heard(const FoundFile& file, const HeardSound& heard) {
    const store::Tags tags = tags_of(file.path);
    Taken taken;
    {
        const std::scoped_lock lock(mutex_);
        SPINDLE_TRY(const auto track, store_->track_with_audio(heard.sound.audio));
        if (track) {
            SPINDLE_TRY(taken, place_locked(*track, file, tags));
        } else {
            SPINDLE_TRY(taken, enter_locked(file, heard.sound, tags));
        }
        SPINDLE_TRY_VOID(store_->remove_problem(file.path));
        if (track && track->state == store::IndexState::Indexed) {
            return taken;
        }
        if (track && taken.outcome == Outcome::Updated) {
            taken.outcome = Outcome::Finished;
        }
    }
    SPINDLE_TRY_VOID(index_.add(taken.track, heard.landmarks, heard.sound.duration));
    const std::scoped_lock lock(mutex_);
    SPINDLE_TRY_VOID(store_->set_state(taken.track, store::IndexState::Indexed));
    return taken;
}

Result<std::vector<TrackId>> LibraryWriter::remove_files(std::span<const store::FileId> files) {
    const std::scoped_lock lock(mutex_);
    SPINDLE_TRY(auto removed, store_->remove_files(files));
    for (const TrackId track : removed) {
        SPINDLE_TRY_VOID(index_.remove(track));
    }
    return removed;
}

Result<std::vector<LibraryWriter::Displaced>> LibraryWriter::remove_orphans() {
    const std::scoped_lock lock(mutex_);
    SPINDLE_TRY(const auto removed, store_->remove_orphans());
    std::vector<Displaced> displaced;
    for (const TrackId track : removed) {
        displaced.push_back({track, displaced_[track]});
        SPINDLE_TRY_VOID(index_.remove(track));
    }
    return displaced;
}

Result<void> LibraryWriter::finish(const ProgressSink& progress) {
    const std::scoped_lock lock(mutex_);
    SPINDLE_TRY_VOID(settle_records(*store_));
    return index_.commit(progress);
}

} // namespace spindle::app
