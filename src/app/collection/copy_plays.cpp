// SPDX-License-Identifier: Apache-2.0
#include "app/collection/copy_plays.h"

#include <algorithm>
#include <map>

#include "app/library/disc_names.h"
#include "app/library/folding.h"

namespace spindle::app {
namespace {

constexpr std::string_view kDigits = "0123456789";

/// "bush (2)" -> "bush"
std::string_view without_number(std::string_view artist) {
    const auto open = artist.rfind(" (");
    if (open == std::string_view::npos || open == 0 || !artist.ends_with(')')) {
        return artist;
    }
    const auto number = artist.substr(open + 2, artist.size() - open - 3);
    const bool is_number =
        !number.empty() && number.find_first_not_of(kDigits) == std::string_view::npos;
    return is_number ? artist.substr(0, open) : artist;
}

/// "the beatles" and "beatles, the" -> "beatles"
std::string_view without_article(std::string_view artist) {
    constexpr std::string_view kBefore = "the ", kBehind = ", the";
    if (artist.size() > kBefore.size() && artist.starts_with(kBefore)) {
        artist.remove_prefix(kBefore.size());
    }
    if (artist.size() > kBehind.size() && artist.ends_with(kBehind)) {
        artist.remove_suffix(kBehind.size());
    }
    return artist;
}

} // namespace

std::string album_key(std::string_view artist, std::string_view album) {
    const std::string folded_artist = folded(artist);
    const std::string title = folded(album_without_disc(album));
    std::string_view name = without_article(without_number(folded_artist));
    name = name == "various artists" ? "various" : name;
    if (name.empty() || title.empty()) {
        return {};
    }
    return std::string(name) + '\n' + title;
}

Result<std::vector<CopyPlays>> plays_of_copies(std::span<const store::Copy> copies,
                                               store::PlayStore& plays,
                                               store::LibraryStore& library) {
    std::vector<CopyPlays> found(copies.size());
    if (copies.empty()) {
        return found;
    }
    SPINDLE_TRY(const auto played, plays.album_plays());
    if (played.empty()) {
        return found;
    }
    SPINDLE_TRY(const auto records, library.records());
    std::map<RecordId, std::string> names;
    for (const store::Record& record : records) {
        names.emplace(record.id, album_key(record.artist, record.album));
    }
    std::map<std::string, CopyPlays> albums;
    for (const store::AlbumPlays& one : played) {
        const auto record = names.find(one.record);
        std::string key = record == names.end() ? std::string() : record->second;
        if (key.empty()) {
            key = album_key(one.artist, one.album);
        }
        if (!key.empty()) {
            CopyPlays& album = albums[std::move(key)];
            album.plays += one.plays;
            album.last = std::max(album.last, one.last);
        }
    }
    for (std::size_t i = 0; i < copies.size(); ++i) {
        const auto album = albums.find(album_key(copies[i].artist, copies[i].title));
        if (album != albums.end()) {
            found[i] = album->second;
        }
    }
    return found;
}

} // namespace spindle::app
