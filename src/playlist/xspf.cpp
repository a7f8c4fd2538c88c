// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "base/text.h"
#include "playlist/location.h"
#include "playlist/text_playlist.h"
#include "playlist/xml_reader.h"

namespace spindle::playlist {
namespace {

class XspfHandler final : public XmlHandler {
public:
    explicit XspfHandler(const std::filesystem::path& base_folder) : base_folder_(base_folder) {}

    void begin(std::string_view name) override {
        if (name == "playlist") {
            is_xspf = true;
        } else if (name == "track") {
            track_.emplace();
            located_ = false;
        }
        text_.clear();
    }

    void text(std::string_view part) override {
        if (text_.size() + part.size() <= kLongestLine) {
            text_ += part;
        }
    }

    void end(std::string_view name) override {
        const std::string value(text::trimmed(text_));
        text_.clear();
        if (!track_) {
            if (name == "title" && playlist.name.empty()) {
                playlist.name = value;
            }
            return;
        }
        if (name == "track") {
            finish_track();
        } else if (name == "location") {
            set_location(value);
        } else if (name == "title") {
            track_->title = value;
        } else if (name == "creator") {
            track_->artist = value;
        } else if (name == "album") {
            track_->album = value;
        } else if (name == "duration") {
            double milliseconds = 0;
            std::from_chars(value.data(), value.data() + value.size(), milliseconds);
            if (milliseconds > 0 && milliseconds < 1e10) {
                track_->duration = Seconds{milliseconds / 1000};
            }
        }
    }

    Playlist playlist;
    bool is_xspf = false;
    std::size_t without_location = 0;

private:
    /// A track may have several locations: the first file is taken, or the first of all.
    void set_location(const std::string& value) {
        if (value.empty() || (located_ && track_->place == Place::File)) {
            return;
        }
        Entry found = locate(value, value, Written::AsUri, base_folder_);
        if (!located_ || found.place == Place::File) {
            track_->place = found.place;
            track_->location = std::move(found.location);
            track_->alternatives = std::move(found.alternatives);
            located_ = !track_->location.empty();
        }
    }

    void finish_track() {
        if (!located_) {
            ++without_location;
        } else if (playlist.entries.size() < kMostEntries) {
            playlist.entries.push_back(std::move(*track_));
        }
        track_.reset();
    }

    const std::filesystem::path& base_folder_;
    std::optional<Entry> track_;
    bool located_ = false;
    std::string text_;
};

} // namespace

Result<Playlist> parse_xspf(std::string_view bytes, const std::filesystem::path& base_folder) {
    XspfHandler handler(base_folder);
    XmlReader reader(handler);
    auto outcome = reader.feed(bytes);
    if (outcome) {
        outcome = reader.finish();
    }
    if (!outcome && handler.playlist.entries.empty()) {
        return tl::unexpected(outcome.error());
    }
    if (!handler.is_xspf) {
        return fail(Code::BadInput, "XML, but not an XSPF playlist");
    }
    Playlist playlist = std::move(handler.playlist);
    if (!outcome) {
        playlist.warnings.push_back("damaged; the rest was left out: " + outcome.error().message);
    }
    if (handler.without_location > 0) {
        playlist.warnings.push_back(
            fmt::format("{} entries have no location", handler.without_location));
    }
    return playlist;
}

} // namespace spindle::playlist
