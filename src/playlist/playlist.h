// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace spindle::playlist {

/// A file on a disk, or something to be fetched (http, https, ...), which Spindle only reports.
enum class Place { File, Remote };

/// One item of a playlist.
struct Entry {
    Place place = Place::File;
    std::string location; ///< path (absolute when the playlist's folder is), or the URI if remote
    /// Other spellings of the path, likelier ones first: what was written may be percent-encoded,
    /// have backslashes, be in another character set or another Unicode form than the disk.
    std::vector<std::string> alternatives;
    std::string title, artist, album; ///< UTF-8; empty where the playlist does not say
    std::optional<Seconds> duration;
    friend bool operator==(const Entry&, const Entry&) = default;
};

struct Playlist {
    std::string name; ///< as the playlist calls itself; may be empty
    std::vector<Entry> entries;
    std::vector<std::string> warnings; ///< what could not be read, for a person
};

enum class Format {
    M3u,  ///< Winamp's: UTF-8 if it is valid UTF-8, else Latin-1; UTF-16 with a byte order mark
    M3u8, ///< the same, always UTF-8
    Pls,
    Xspf, ///< XSPF version 1 (xspf.org)
};

/// The format a file name ends in, whatever the case: .m3u .m3u8 .pls .xspf
std::optional<Format> format_of(const std::filesystem::path& path);

/// Bounds on what is read; each far above any real playlist.
inline constexpr std::uint64_t kLargestPlaylist = 64ULL << 20; ///< bytes; callers read no more
inline constexpr std::size_t kMostEntries = 1'000'000;
inline constexpr std::size_t kLongestLine = 64UL << 10; ///< bytes; longer lines are skipped

/// Reads a playlist. Pure: looks at no file; entries may not exist.
/// @param bytes the whole file, any encoding the format allows, any line ends (LF, CRLF, CR).
/// @param base_folder what relative paths are relative to: the playlist's own folder.
/// @return BadInput when nothing of it can be understood (no XML, larger than kLargestPlaylist).
///         Damage further on costs the rest of the entries and is a warning.
Result<Playlist> parse(std::string_view bytes, Format format,
                       const std::filesystem::path& base_folder);

} // namespace spindle::playlist
