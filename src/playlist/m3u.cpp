// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "base/text.h"
#include "playlist/lines.h"
#include "playlist/location.h"
#include "playlist/text_playlist.h"

namespace spindle::playlist {
namespace {

/// What the # lines before an entry said about it.
struct Description {
    std::string title, artist, album;
    std::optional<Seconds> duration;
};

/// "#EXTINF:123,Artist - Title", also "#EXTINF:123.5 tvg-id=x,Title"; -1 means not known.
void read_extinf(std::string_view text, Description& description) {
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error == std::errc() && seconds > 0 && seconds < 1e7) {
        description.duration = Seconds{seconds};
    }
    const auto comma = text.find(',');
    if (comma == std::string_view::npos) {
        return;
    }
    const std::string_view words = text::trimmed(text.substr(comma + 1));
    const auto dash = words.find(" - ");
    if (dash == std::string_view::npos) {
        description.title = std::string(words);
    } else {
        description.artist = std::string(text::trimmed(words.substr(0, dash)));
        description.title = std::string(text::trimmed(words.substr(dash + 3)));
    }
}

std::optional<std::string_view> after(std::string_view line, std::string_view directive) {
    if (text::ascii_lower(line.substr(0, directive.size())) != directive) {
        return std::nullopt;
    }
    return text::trimmed(line.substr(directive.size()));
}

} // namespace

Playlist parse_m3u(std::string_view bytes, Format format,
                   const std::filesystem::path& base_folder) {
    Playlist playlist;
    Description next;
    const Charset charset = format == Format::M3u8 ? Charset::Utf8 : Charset::Utf8OrLatin1;
    each_line(bytes, charset, playlist.warnings, [&](const Line& line) {
        if (line.text.starts_with('#')) {
            if (const auto rest = after(line.text, "#extinf:")) {
                read_extinf(*rest, next);
            } else if (const auto name = after(line.text, "#playlist:")) {
                playlist.name = std::string(*name);
            } else if (const auto album = after(line.text, "#extalb:")) {
                next.album = std::string(*album);
            } else if (const auto artist = after(line.text, "#extart:")) {
                next.artist = std::string(*artist);
            }
            return true;
        }
        if (playlist.entries.size() >= kMostEntries) {
            playlist.warnings.push_back(
                fmt::format("more than {} entries; the rest was left out", kMostEntries));
            return false;
        }
        Entry entry = locate(line.text, line.raw, Written::AsPath, base_folder);
        entry.title = std::move(next.title);
        entry.artist = std::move(next.artist);
        entry.album = std::move(next.album);
        entry.duration = next.duration;
        next = {};
        if (!entry.location.empty()) {
            playlist.entries.push_back(std::move(entry));
        }
        return true;
    });
    return playlist;
}

} // namespace spindle::playlist
