// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/record_id.h"
#include "base/result.h"
#include "base/track_id.h"
#include "base/units.h"

// The owner's library as values. A Track is a sound; a TrackFile is one copy of it on a disk, with
// the tags that copy carries; a Record is what the files of one album make up. The same sound in
// two folders is one track with two files, possibly on two records.
namespace spindle::store {

/// Identifies the encoded sound of a file whatever its tags, name and place.
using AudioHash = std::array<std::uint8_t, 16>;

using FileId = Id<struct FileTag, std::uint32_t>;

/// Seconds since 1970-01-01 UTC.
using Timestamp = std::int64_t;

/// What tells a changed file from an unchanged one without opening it.
struct FileStamp {
    std::uint64_t size = 0;
    std::int64_t mtime_ns = 0;
    friend auto operator<=>(const FileStamp&, const FileStamp&) = default;
};

/// What a file says about itself. Valid UTF-8; empty or 0 where it says nothing.
struct Tags {
    std::string title, artist, album_artist, album;
    std::string position;                           ///< vinyl position as tagged: "A1"
    std::string mb_recording, mb_release, mb_track; ///< MusicBrainz ids
    int track_number = 0, disc_number = 0;
    bool compilation = false; ///< tagged as part of a collection of various artists
    friend bool operator==(const Tags&, const Tags&) = default;
};

/// A track that was enrolled by playing it has a "file" that is on no disk: a path that begins with
/// this ("vinyl:Artist/Title/A1"), which no path of a disk does, since those are absolute.
inline constexpr std::string_view kVinylPath = "vinyl:";
inline bool is_on_vinyl(std::string_view path) {
    return path.starts_with(kVinylPath);
}

/// One copy of a track: on a disk, or on vinyl only.
struct TrackFile {
    FileId id;
    TrackId track;
    RecordId record;  ///< 0 until records have been formed
    std::string path; ///< absolute; bytes as the file system has them. Or is_on_vinyl()
    FileStamp stamp;
    std::optional<Timestamp> missing_since; ///< the file was not there when last looked for
    Tags tags;
};

/// Is the track's sound in the fingerprint index?
enum class IndexState { Pending, Indexed };

/// What belongs to the sound itself.
struct Sound {
    AudioHash audio{};
    Seconds duration{0};
    std::string codec; ///< "mp3", "flac", ...; "vinyl" where it was enrolled
};

/// One track with all its copies, the oldest first. There is at least one, except while files are
/// being taken in: a track whose place was taken by another sound waits for its file to turn up
/// elsewhere.
struct Track {
    TrackId id;
    Sound sound;
    IndexState state = IndexState::Pending;
    Timestamp added_at = 0;
    std::vector<TrackFile> files;

    /// The copy to show and to play: the oldest that is not missing, else the oldest. Needs one.
    const TrackFile& main_file() const;
};

/// As much of a file as a scan needs to find what has changed.
struct KnownFile {
    FileId id;
    TrackId track;
    std::string path;
    FileStamp stamp;
    bool missing = false;
    IndexState state = IndexState::Pending;
};

/// Where a side begins: at this track of the record.
struct SideStart {
    char side = 'A';
    TrackId first;
    friend bool operator==(const SideStart&, const SideStart&) = default;
};

/// An album. Its tracks are the files with its id, in playing order (store::playing_order).
struct Record {
    RecordId id;
    std::string artist; ///< album artist; "Various Artists" for compilations; may be empty
    std::string album;
    std::string folder;           ///< the folder all its files are in or below
    std::vector<SideStart> sides; ///< set by the owner, in order of sides; empty = not known
};

/// A file that could not be taken in. Not tried again until it changes.
struct Problem {
    std::string path;
    FileStamp stamp;
    Code code = Code::Failed;
    std::string message;
    Timestamp seen_at = 0;
};

/// Sorts files as a record plays them: disc, vinyl side, track number, then path.
bool plays_before(const TrackFile& left, const TrackFile& right);

/// The vinyl side ('A'...) each file is on, in the order given (playing order): from the owner's
/// side starts, else from tagged positions ("A1", "B2") if all have one; 0 where it is not known.
std::vector<char> sides_of(const Record& record, const std::vector<TrackFile>& in_playing_order);

} // namespace spindle::store
