// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

#include "playlist/playlist.h"

// The formats made of lines, and XSPF; parse() in playlist.h chooses between them.
namespace spindle::playlist {

Playlist parse_m3u(std::string_view bytes, Format format, const std::filesystem::path& base_folder);
Playlist parse_pls(std::string_view bytes, const std::filesystem::path& base_folder);
Result<Playlist> parse_xspf(std::string_view bytes, const std::filesystem::path& base_folder);

} // namespace spindle::playlist
