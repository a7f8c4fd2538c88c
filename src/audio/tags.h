// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/units.h"

namespace spindle::audio {

/// No text of Tags is longer, in bytes; longer ones are cut between two characters. Real titles
/// stay below 300; a megabyte of text in a title is an accident or an attack.
inline constexpr std::size_t kLongestTag = 1024;

/// What the tags of a file say. Every text is valid UTF-8 without control characters, trimmed, at
/// most kLongestTag bytes, and empty where the file says nothing. Several values of one kind are
/// joined by "; ".
struct Tags {
    std::string title;
    std::string artist;
    std::string album;
    std::string album_artist;
    std::string genre;
    std::string date; ///< as written: "1973", "1973-03-01", ...
    std::optional<int> year;

    std::string position; ///< the track number as written: "7", "7/12", or "A1" as on a record
    std::optional<int> track_number; ///< 1 or more; none for "A1"
    std::optional<int> track_count;
    std::optional<int> disc_number;
    std::optional<int> disc_count;
    bool compilation = false; ///< several artists on one album

    // MusicBrainz identifiers: 36 characters, lower case, or empty.
    std::string recording_id;
    std::string release_track_id;
    std::string release_id;
    std::string release_group_id;
    std::string artist_id; ///< the first, where there are several

    Seconds duration{0}; ///< as the header says; 0 where it does not
};

/// Reads the tags of a file: ID3v1/v2, APE, Vorbis comments, MP4 and ASF through TagLib, what
/// TagLib does not know through FFmpeg. A file without tags gives empty Tags. Errors: missing,
/// unreadable, a folder, empty, a pipe, or not media at all. Cost: the tag is read whole, cover art
/// with it (a few ms); sound is not read.
Result<Tags> read_tags(const std::filesystem::path& path);

} // namespace spindle::audio
