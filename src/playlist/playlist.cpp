// SPDX-License-Identifier: Apache-2.0
#include "playlist/playlist.h"

#include "base/text.h"
#include "playlist/text_playlist.h"

namespace spindle::playlist {

std::optional<Format> format_of(const std::filesystem::path& path) {
    const std::string extension = text::ascii_lower(path.extension().string());
    if (extension == ".m3u") {
        return Format::M3u;
    }
    if (extension == ".m3u8") {
        return Format::M3u8;
    }
    if (extension == ".pls") {
        return Format::Pls;
    }
    if (extension == ".xspf") {
        return Format::Xspf;
    }
    return std::nullopt;
}

Result<Playlist> parse(std::string_view bytes, Format format,
                       const std::filesystem::path& base_folder) {
    if (bytes.size() > kLargestPlaylist) {
        return fail(Code::BadInput, "larger than the {} MiB a playlist may have",
                    kLargestPlaylist >> 20U);
    }
    switch (format) {
    case Format::M3u:
    case Format::M3u8:
        return parse_m3u(bytes, format, base_folder);
    case Format::Pls:
        return parse_pls(bytes, base_folder);
    case Format::Xspf:
        break;
    }
    return parse_xspf(bytes, base_folder);
}

} // namespace spindle::playlist
