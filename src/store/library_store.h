// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/library.h"

namespace spindle::store {

enum class Access {
    Read, ///< must exist already; works while another process writes, and on read-only media
    Write ///< created when missing; other writers wait or are told
};

/// The owner's library: tracks, the files that hold them, records, problem files and source
/// folders.
///
/// Every changing call is one transaction: after it returns the change survives a kill of the
/// process; a power cut may take the last moments but never leaves half a change. One instance per
/// thread, or serialise. Errors: NoSpace (disk full), NoAccess (read-only), Busy (another writer
/// for longer than a few seconds), BadInput (damaged, or written by a newer Spindle).
class LibraryStore {
public:
    LibraryStore() = default;
    virtual ~LibraryStore() = default;
    LibraryStore(const LibraryStore&) = delete;
    LibraryStore& operator=(const LibraryStore&) = delete;

    // Tracks, read.
    virtual Result<std::optional<Track>> track(TrackId id) = 0;
    virtual Result<std::optional<Track>> track_with_audio(const AudioHash& audio) = 0;
    virtual Result<std::optional<TrackFile>> file_at(std::string_view path) = 0;
    /// All tracks that have files, by id; stops early when the visitor returns false. Memory: one
    /// track at a time.
    virtual Result<void> each_track(const std::function<bool(const Track&)>& visit) = 0;
    /// Every file by id, with as much as a scan needs.
    virtual Result<std::vector<KnownFile>> known_files() = 0;
    /// Every track id with its state, ascending.
    virtual Result<std::vector<std::pair<TrackId, IndexState>>> track_states() = 0;

    // Tracks, changed.
    /// A new track with its first file. If the path had a file row, that row moves to the new
    /// track.
    virtual Result<TrackId> add_track(const Sound& sound, std::string_view path, FileStamp stamp,
                                      const Tags& tags, Timestamp now) = 0;
    /// Gives a track another sound (a better rip at the same path); it becomes Pending.
    virtual Result<void> replace_sound(TrackId track, const Sound& sound) = 0;
    /// States that `path` holds a copy of `track`: inserts the row, or takes over the path's row.
    virtual Result<void> put_file(TrackId track, std::string_view path, FileStamp stamp,
                                  const Tags& tags) = 0;
    /// The file is at `path` now, with these tags. If the path had another row, that one goes.
    virtual Result<void> move_file(FileId file, std::string_view path, FileStamp stamp,
                                   const Tags& tags) = 0;
    /// Enters a track that exists on vinyl only, Pending, with what makes it known: the one that is
    /// at `path` gets this sound and keeps its number; a sound that is known is put there, too.
    /// @param path is_on_vinyl() @param landmarks fingerprint::landmark_bytes()
    virtual Result<TrackId> enrol(const Sound& sound, std::string_view path, const Tags& tags,
                                  std::span<const std::uint8_t> landmarks, Timestamp now) = 0;
    /// The landmarks of an enrolled track; empty for one that has files, or does not exist.
    virtual Result<std::vector<std::uint8_t>> kept_landmarks(TrackId track) = 0;
    virtual Result<void> set_state(TrackId track, IndexState state) = 0;
    virtual Result<void> set_missing(std::span<const FileId> files,
                                     std::optional<Timestamp> since) = 0;
    /// Removes files. Tracks left without any go too; their ids are returned, never used again.
    virtual Result<std::vector<TrackId>> remove_files(std::span<const FileId> files) = 0;
    /// Removes tracks no file points to any more; returns their ids.
    virtual Result<std::vector<TrackId>> remove_orphans() = 0;

    // Records.
    virtual Result<std::vector<Record>> records() = 0;
    virtual Result<std::optional<Record>> record(RecordId id) = 0;
    virtual Result<std::vector<TrackFile>> files_of(RecordId record) = 0;
    /// Every file with its record and the tags records are formed from; one at a time, by file id.
    virtual Result<void> each_file(const std::function<bool(const TrackFile&)>& visit) = 0;

    /// One record as it should be from now on; id 0 makes a new one.
    struct Formation {
        Record record;
        std::vector<FileId> files;
    };
    /// Puts files on records. Records left without files are removed; side starts are kept where
    /// their track is still on the record.
    virtual Result<void> form_records(std::span<const Formation> formations) = 0;
    virtual Result<void> set_sides(RecordId record, std::span<const SideStart> sides) = 0;

    // Files that could not be read.
    virtual Result<std::vector<Problem>> problems() = 0;
    virtual Result<void> put_problem(const Problem& problem) = 0;
    virtual Result<void> remove_problem(std::string_view path) = 0;

    // Folders to look at again.
    virtual Result<std::vector<std::string>> roots() = 0;
    virtual Result<void> add_root(std::string_view path) = 0;
    virtual Result<void> remove_root(std::string_view path) = 0;

    /// What is wrong with the database itself; empty if nothing is. Reads all of it.
    virtual Result<std::vector<std::string>> check() = 0;
};

} // namespace spindle::store
