// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "playlist/playlist.h"

namespace spindle::playlist {

/// One playlist of an Apple library; folders of playlists are playlists too.
struct ApplePlaylist {
    std::string name;
    std::string id;                   ///< persistent id, hexadecimal
    std::string parent;               ///< id of the folder it is in; empty at the top
    bool is_whole_library = false;    ///< the built-in one with everything
    std::vector<std::int64_t> tracks; ///< keys of AppleLibrary::tracks, in order
};

/// What `Library.xml` (iTunes, Apple Music: File > Library > Export Library) holds.
struct AppleLibrary {
    std::unordered_map<std::int64_t, Entry> tracks; ///< files only
    std::vector<std::int64_t> order;                ///< of the tracks, as in the file
    std::vector<ApplePlaylist> playlists;
    std::size_t without_file = 0; ///< tracks that are only in the cloud: no Location
    std::vector<std::string> warnings;
};

/// Reads a library as a stream, in parts of any size: 100 MB and more are fine. Memory grows with
/// the tracks, not with the file, up to the limits below; hostile XML is refused (xml_reader.h).
class AppleLibraryParser {
public:
    static constexpr std::size_t kMostItems = 20'000'000; ///< of all playlists; 8 bytes each

    AppleLibraryParser();
    ~AppleLibraryParser();
    AppleLibraryParser(const AppleLibraryParser&) = delete;
    AppleLibraryParser& operator=(const AppleLibraryParser&) = delete;

    /// BadInput when the XML is damaged. Feed no more then; finish() gives what was read.
    Result<void> feed(std::string_view bytes);
    /// BadInput when no library was found in it.
    Result<AppleLibrary> finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Reads the file. Errors name it.
Result<AppleLibrary> read_apple_library(const std::filesystem::path& path,
                                        const std::stop_token& stop = {});

/// The entries of a playlist, or of the whole library if `name` is empty. Exact names win over
/// those that differ in case; several with one name are joined, each track once, with a warning
/// that names their folders. NotFound lists the playlists there are.
Result<Playlist> entries_of(const AppleLibrary& library, std::string_view name);

} // namespace spindle::playlist
