// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/backends.h"
#include "app/library/sound_reader.h"
#include "app/library/walk.h"
#include "fingerprint/index_writer.h"

namespace spindle::app {

/// What became of a file that was taken in.
enum class Outcome {
    Added,    ///< a new track
    Updated,  ///< the same sound with other tags
    Replaced, ///< another sound in the place of the old: the track keeps its id
    Moved,    ///< a known file that was elsewhere
    Copied,   ///< one more copy of a known track
    Finished, ///< was in the library, but not yet in the index
};
inline constexpr Outcome kOutcomes[] = {Outcome::Added, Outcome::Updated, Outcome::Replaced,
                                        Outcome::Moved, Outcome::Copied,  Outcome::Finished};
/// "added", "updated", "replaced", "moved", "copied", "finished".
std::string_view name_of(Outcome outcome);

struct Taken {
    Outcome outcome = Outcome::Added;
    TrackId track;
    std::string other_path; ///< where a moved file was, or another copy
};

/// Keeps the store and the index in step while files are taken in. A kill between any two steps
/// leaves a state reconcile() repairs:
///   the track is put in the store as Pending  -> the index gets its landmarks -> the store says
///   Indexed. Whatever is in the index without the store knowing is removed, whatever the store
///   holds as Pending is heard again.
/// Thread-safe. Holds the index's lock: one writer at a time, Code::Busy for the second.
class LibraryWriter {
public:
    static Result<std::unique_ptr<LibraryWriter>> open(const Backends& backends,
                                                       const std::filesystem::path& data_folder);

    /// Brings store and index to the same tracks. Called once, after opening.
    Result<void> reconcile();

    /// Paths whose content has changed since the store saw them: their tracks may have moved on.
    /// Set before taking files in.
    void expect_changed(std::set<std::string> paths) { changed_ = std::move(paths); }

    /// Takes in a file whose sound is known by hash already. Nothing when the hash is new to the
    /// library or its track is not in the index: then hear it and call take_heard().
    Result<std::optional<Taken>> take_known(const FoundFile& file, const store::AudioHash& audio);

    /// Takes in a file that has been decoded.
    Result<Taken> take_heard(const FoundFile& file, const HeardSound& heard);

    /// Takes in a track that exists on vinyl only, at a path that store::is_on_vinyl().
    Result<TrackId> take_enrolled(const std::string& path, const HeardSound& heard,
                                  const store::Tags& tags);

    /// Removes files, and from the index the tracks that had no other.
    Result<std::vector<TrackId>> remove_files(std::span<const store::FileId> files);
    /// A track that lost its last place to another sound, and where that was.
    struct Displaced {
        TrackId track;
        std::string path;
    };
    /// Removes tracks whose last file was taken over by another track; returns them.
    Result<std::vector<Displaced>> remove_orphans();
    /// Forms records and makes the index's changes visible.
    Result<void> finish(const ProgressSink& progress);

    /// The store, for everything that does not touch the index. `use` runs alone.
    template <typename Use>
    auto with_store(Use use) {
        const std::scoped_lock lock(mutex_);
        return use(*store_);
    }

private:
    LibraryWriter(std::unique_ptr<store::LibraryStore> store, fingerprint::IndexWriter index)
        : store_(std::move(store)), index_(std::move(index)) {}

    Result<Taken> place_locked(const store::Track& track, const FoundFile& file,
                               const store::Tags& tags);
    Result<Taken> enter_locked(const FoundFile& file, const store::Sound& sound,
                               const store::Tags& tags);

    Result<void> index_kept_locked(TrackId track);

    std::mutex mutex_; // guards store_
    std::unique_ptr<store::LibraryStore> store_;
    fingerprint::IndexWriter index_;
    std::set<std::string> changed_;
    std::map<TrackId, std::string> displaced_; // tracks and where other sound has taken their place
};

} // namespace spindle::app
