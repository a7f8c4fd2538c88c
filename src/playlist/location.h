// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

#include "playlist/playlist.h"

namespace spindle::playlist {

/// How a format writes the location of a file.
enum class Written {
    AsPath, ///< M3U, PLS: a path or a URI, backslashes possible
    AsUri,  ///< XSPF, Apple: always a URI, so a relative one is percent-encoded
};

/// Understands a location as written in a playlist.
/// @param written as UTF-8.
/// @param raw the same as the bytes in the file, in case the disk uses them.
/// @return an Entry with place, location and alternatives; the rest empty.
Entry locate(std::string_view written, std::string_view raw, Written how,
             const std::filesystem::path& base_folder);

} // namespace spindle::playlist
