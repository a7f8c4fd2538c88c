// SPDX-License-Identifier: Apache-2.0
#include "playlist/apple_library.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fstream>

#include "base/text.h"
#include "playlist/location.h"
#include "playlist/xml_reader.h"

namespace spindle::playlist {
namespace {

std::int64_t number_of(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// Follows a property list down to the three places that matter:
///   Tracks / <id> / <field>;  Playlists / [] / <field>;  Playlists / [] / Playlist Items / [] /
///   Track ID
class PlistHandler final : public XmlHandler {
public:
    void begin(std::string_view name) override {
        text_.clear();
        if (name == "plist") {
            is_plist = true;
        } else if (name == "dict" || name == "array") {
            path_.emplace_back();
            begin_container();
        }
    }

    void text(std::string_view part) override {
        if (text_.size() + part.size() <= kLongestLine) {
            text_ += part;
        }
    }

    void end(std::string_view name) override {
        if (name == "key") {
            if (!path_.empty()) {
                path_.back() = text_;
            }
        } else if (name == "dict" || name == "array") {
            end_container();
            path_.pop_back();
        } else if (name == "true") {
            value("true");
        } else {
            value(text_);
        }
        text_.clear();
    }

    AppleLibrary library;
    bool is_plist = false;
    bool found_library = false;

private:
    // path_ holds the last key of each open dict (empty for arrays): what leads to the value.
    bool in_track() const { return path_.size() == 3 && path_[0] == "Tracks"; }
    bool in_playlist() const { return path_.size() == 3 && path_[0] == "Playlists"; }
    bool in_item() const {
        return path_.size() == 5 && path_[0] == "Playlists" && path_[2] == "Playlist Items";
    }

    void begin_container() {
        found_library = found_library || (path_.size() == 2 && path_[0] == "Tracks");
        if (in_track()) {
            track_ = {};
            track_id_ = number_of(path_[1]);
            location_.clear();
        } else if (in_playlist()) {
            playlist_ = {};
        }
    }

    void end_container() {
        if (in_track()) {
            finish_track();
        } else if (in_playlist() && library.playlists.size() < kMostEntries) {
            library.playlists.push_back(std::move(playlist_));
            playlist_ = {};
        }
    }

    void value(const std::string& value) {
        if (in_track()) {
            track_value(path_[2], value);
        } else if (in_playlist()) {
            playlist_value(path_[2], value);
        } else if (in_item() && path_[4] == "Track ID" && items_ < AppleLibraryParser::kMostItems) {
            ++items_;
            playlist_.tracks.push_back(number_of(value));
        }
    }

    void track_value(const std::string& key, const std::string& value) {
        if (key == "Track ID") {
            track_id_ = number_of(value);
        } else if (key == "Name") {
            track_.title = value;
        } else if (key == "Artist") {
            track_.artist = value;
        } else if (key == "Album") {
            track_.album = value;
        } else if (key == "Total Time") {
            track_.duration = Seconds{static_cast<double>(number_of(value)) / 1000};
        } else if (key == "Location") {
            location_ = value;
        }
    }

    void playlist_value(const std::string& key, const std::string& value) {
        if (key == "Name") {
            playlist_.name = value;
        } else if (key == "Playlist Persistent ID") {
            playlist_.id = value;
        } else if (key == "Parent Persistent ID") {
            playlist_.parent = value;
        } else if (key == "Master") {
            playlist_.is_whole_library = value == "true";
        }
    }

    void finish_track() {
        Entry place = locate(location_, location_, Written::AsUri, {});
        if (location_.empty() || place.place == Place::Remote || place.location.empty()) {
            ++library.without_file;
            return;
        }
        if (library.order.size() >= kMostEntries) {
            return;
        }
        track_.location = std::move(place.location);
        track_.alternatives = std::move(place.alternatives);
        if (library.tracks.insert_or_assign(track_id_, std::move(track_)).second) {
            library.order.push_back(track_id_);
        }
    }

    std::vector<std::string> path_;
    std::string text_;
    Entry track_;
    std::string location_;
    std::int64_t track_id_ = 0;
    ApplePlaylist playlist_;
    std::size_t items_ = 0;
};

std::string folder_name(const AppleLibrary& library, const ApplePlaylist& playlist) {
    for (const ApplePlaylist& other : library.playlists) {
        if (!playlist.parent.empty() && other.id == playlist.parent) {
            return "in " + other.name;
        }
    }
    return "at the top";
}

std::vector<const ApplePlaylist*> named(const AppleLibrary& library, std::string_view name) {
    std::vector<const ApplePlaylist*> exact;
    std::vector<const ApplePlaylist*> nearly;
    for (const ApplePlaylist& playlist : library.playlists) {
        if (playlist.name == name) {
            exact.push_back(&playlist);
        } else if (text::ascii_lower(playlist.name) == text::ascii_lower(name)) {
            nearly.push_back(&playlist);
        }
    }
    return exact.empty() ? nearly : exact;
}

std::string all_names(const AppleLibrary& library) {
    constexpr std::size_t kShown = 50; // a longer list helps nobody
    std::string names;
    std::size_t shown = 0;
    for (const ApplePlaylist& playlist : library.playlists) {
        if (playlist.is_whole_library || playlist.name.empty()) {
            continue;
        }
        if (++shown > kShown) {
            return names + ", ...";
        }
        names += (names.empty() ? "" : ", ") + playlist.name;
    }
    return names.empty() ? "none" : names;
}

} // namespace

struct AppleLibraryParser::State {
    PlistHandler handler;
    XmlReader reader{handler};
    std::string start;  // of the file, to name what it is if it is no XML
    std::string damage; // the first error
};

AppleLibraryParser::AppleLibraryParser() : state_(std::make_unique<State>()) {}

AppleLibraryParser::~AppleLibraryParser() = default;

Result<void> AppleLibraryParser::feed(std::string_view bytes) {
    if (state_->start.size() < 8) {
        state_->start += bytes.substr(0, 8);
    }
    auto outcome = state_->reader.feed(bytes);
    if (!outcome) {
        state_->damage = outcome.error().message;
    }
    return outcome;
}

Result<AppleLibrary> AppleLibraryParser::finish() {
    if (state_->damage.empty()) {
        if (auto outcome = state_->reader.finish(); !outcome) {
            state_->damage = outcome.error().message;
        }
    }
    if (state_->start.starts_with("bplist")) {
        return fail(Code::Unsupported, "a binary property list; export the library as XML "
                                       "(File > Library > Export Library)");
    }
    auto& library = state_->handler.library;
    if (!state_->handler.is_plist || !state_->handler.found_library) {
        return fail(Code::BadInput, "not an Apple Music or iTunes library{}{}",
                    state_->damage.empty() ? "" : ": ", state_->damage);
    }
    if (!state_->damage.empty()) {
        library.warnings.push_back("damaged; the rest was left out: " + state_->damage);
    }
    return std::move(library);
}

Result<AppleLibrary> read_apple_library(const std::filesystem::path& path,
                                        const std::stop_token& stop) {
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return tl::unexpected(system_error(path.string(), errno == 0 ? EIO : errno));
    }
    AppleLibraryParser parser;
    std::string part(1UL << 20, '\0');
    while (file) {
        if (stop.stop_requested()) {
            return fail(Code::Cancelled, "{}: stopped while reading", path.string());
        }
        file.read(part.data(), static_cast<std::streamsize>(part.size()));
        const auto got = static_cast<std::size_t>(file.gcount());
        if (!parser.feed(std::string_view(part).substr(0, got))) {
            break; // finish() says why
        }
    }
    if (file.bad()) {
        return tl::unexpected(system_error(path.string(), EIO));
    }
    auto library = parser.finish();
    if (!library) {
        return tl::unexpected(library.error().within(path.string()));
    }
    return library;
}

Result<Playlist> entries_of(const AppleLibrary& library, std::string_view name) {
    Playlist playlist;
    playlist.name = std::string(name);
    playlist.warnings = library.warnings;
    if (name.empty()) {
        for (const auto id : library.order) {
            playlist.entries.push_back(library.tracks.at(id));
        }
        if (library.without_file > 0) {
            playlist.warnings.push_back(
                fmt::format("{} tracks are not on a disk (cloud or streams) and were left out",
                            library.without_file));
        }
        return playlist;
    }
    const auto chosen = named(library, name);
    if (chosen.empty()) {
        return fail(Code::NotFound, "no playlist is named {}; there are: {}", name,
                    all_names(library));
    }
    if (chosen.size() > 1) {
        std::string places;
        for (const ApplePlaylist* one : chosen) {
            places += (places.empty() ? "" : ", ") + folder_name(library, *one);
        }
        playlist.warnings.push_back(fmt::format("{} playlists are named {} ({}); all were taken",
                                                chosen.size(), name, places));
    }
    std::unordered_map<std::int64_t, bool> taken;
    std::size_t without_file = 0;
    for (const ApplePlaylist* one : chosen) {
        for (const auto id : one->tracks) {
            const auto found = library.tracks.find(id);
            if (found == library.tracks.end()) {
                ++without_file;
            } else if (taken.emplace(id, true).second) {
                playlist.entries.push_back(found->second);
            }
        }
    }
    if (without_file > 0) {
        playlist.warnings.push_back(
            fmt::format("{} tracks of {} are not on a disk and were left out", without_file, name));
    }
    return playlist;
}

} // namespace spindle::playlist
