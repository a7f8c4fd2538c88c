// SPDX-License-Identifier: Apache-2.0
#include "cli/library_text.h"

#include <ctime>

#include <fmt/chrono.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/terminal.h"

namespace spindle::cli {
namespace {

std::string hexadecimal(const store::AudioHash& hash) {
    std::string text;
    for (const std::uint8_t byte : hash) {
        text += fmt::format("{:02x}", byte);
    }
    return text;
}

/// UTC as RFC 3339, second precision.
std::string time_text(store::Timestamp seconds) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

Json or_null(int number) {
    return number == 0 ? Json() : Json(number);
}

Json or_null(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

/// No path where there is no file.
Json path_json(const std::string& path) {
    return store::is_on_vinyl(path) ? Json() : Json(path);
}

std::string_view medium_of(const store::TrackFile& file) {
    return store::is_on_vinyl(file.path) ? "vinyl" : "file";
}

Json side_json(char side) {
    return side == 0 ? Json() : Json(std::string(1, side));
}

std::string by(const std::string& artist, const std::string& title) {
    return artist.empty() ? title : artist + " - " + title;
}

std::string sides_in(const app::RecordView& view) {
    std::string sides;
    for (const char side : view.sides) {
        if (side != 0 && (sides.empty() || sides.back() != side)) {
            sides += sides.empty() ? "" : " ";
            sides += side;
        }
    }
    return sides;
}

} // namespace

Json to_json(const store::Track& track) {
    const store::TrackFile& main = track.main_file();
    Json json;
    json["track_id"] = track.id.value;
    json["title"] = app::title_of(main);
    json["artist"] = or_null(main.tags.artist);
    json["album"] = or_null(main.tags.album);
    json["album_artist"] = or_null(main.tags.album_artist);
    json["track"] = or_null(main.tags.track_number);
    json["disc"] = or_null(main.tags.disc_number);
    json["position"] = or_null(main.tags.position);
    json["duration_s"] = track.sound.duration.count();
    json["codec"] = track.sound.codec;
    json["audio_hash"] = hexadecimal(track.sound.audio);
    json["indexed"] = track.state == store::IndexState::Indexed;
    json["added_at"] = time_text(track.added_at);
    json["mb_recording"] = or_null(main.tags.mb_recording);
    json["mb_release"] = or_null(main.tags.mb_release);
    json["mb_track"] = or_null(main.tags.mb_track);
    json["path"] = path_json(main.path);
    json["files"] = Json::array();
    for (const store::TrackFile& file : track.files) {
        Json one;
        one["path"] = path_json(file.path);
        one["medium"] = medium_of(file);
        one["record_id"] = file.record == RecordId{} ? Json() : Json(file.record.value);
        one["size"] = file.stamp.size;
        one["missing_since"] = file.missing_since ? Json(time_text(*file.missing_since)) : Json();
        json["files"].push_back(std::move(one));
    }
    return json;
}

Json to_json(const app::RecordView& view) {
    Json json;
    json["record_id"] = view.record.id.value;
    json["artist"] = or_null(view.record.artist);
    json["album"] = view.record.album;
    json["folder"] = path_json(view.record.folder);
    json["tracks"] = Json::array();
    for (std::size_t i = 0; i < view.files.size(); ++i) {
        const store::TrackFile& file = view.files[i];
        Json one;
        one["number"] = i + 1;
        one["side"] = side_json(view.sides[i]);
        one["track_id"] = file.track.value;
        one["title"] = app::title_of(file);
        one["artist"] = or_null(file.tags.artist);
        one["path"] = path_json(file.path);
        one["medium"] = medium_of(file);
        json["tracks"].push_back(std::move(one));
    }
    return json;
}

Json to_json(const app::Trouble& trouble) {
    return Json{{"path", trouble.path},
                {"code", name_of(trouble.error.code)},
                {"message", trouble.error.message}};
}

std::string track_line(const store::Track& track) {
    const store::TrackFile& main = track.main_file();
    std::string line =
        fmt::format("{:>5}  {}", track.id.value, by(main.tags.artist, app::title_of(main)));
    if (!main.tags.album.empty()) {
        line += fmt::format("  ({})", main.tags.album);
    }
    line += "  " + clock_text(track.sound.duration);
    if (store::is_on_vinyl(main.path)) {
        line += "  vinyl";
    }
    if (main.missing_since) {
        line += "  missing";
    }
    if (track.state == store::IndexState::Pending) {
        line += "  not indexed";
    }
    return text::printable(line);
}

std::string record_line(const app::RecordView& view) {
    const std::string sides = sides_in(view);
    return text::printable(fmt::format(
        "{:>5}  {}  {} {}{}", fmt::format("R{}", view.record.id.value),
        by(view.record.artist, view.record.album), view.files.size(),
        view.files.size() == 1 ? "track" : "tracks", sides.empty() ? "" : ", sides " + sides));
}

std::string track_text(const store::Track& track) {
    const store::TrackFile& main = track.main_file();
    std::string text = fmt::format("track {}\n", track.id.value);
    const auto add = [&text](std::string_view name, const std::string& value) {
        if (!value.empty()) {
            text += fmt::format("  {:<12} {}\n", name, value);
        }
    };
    const auto number = [](int value) { return value == 0 ? "" : std::to_string(value); };
    add("title", app::title_of(main));
    add("artist", main.tags.artist);
    add("album", main.tags.album);
    add("album artist", main.tags.album_artist);
    add("disc", number(main.tags.disc_number));
    add("track", number(main.tags.track_number));
    add("position", main.tags.position);
    add("length", clock_text(track.sound.duration));
    add("codec", track.sound.codec);
    add("recording", main.tags.mb_recording);
    add("indexed", track.state == store::IndexState::Indexed ? "yes" : "not yet");
    for (const store::TrackFile& file : track.files) {
        if (store::is_on_vinyl(file.path)) {
            add("file", "none: on vinyl only");
        } else {
            add("file", file.path + (file.missing_since ? "  (missing)" : ""));
        }
        if (file.record != RecordId{}) {
            add("record", fmt::format("R{}", file.record.value));
        }
    }
    text.pop_back();
    return text::printable(text);
}

std::string record_text(const app::RecordView& view) {
    std::string text = fmt::format(
        "record R{}  {}\n  {}\n", view.record.id.value, by(view.record.artist, view.record.album),
        store::is_on_vinyl(view.record.folder) ? "on vinyl only" : view.record.folder);
    char side = 0;
    for (std::size_t i = 0; i < view.files.size(); ++i) {
        const store::TrackFile& file = view.files[i];
        if (view.sides[i] != side) {
            side = view.sides[i];
            text += fmt::format("  side {}\n", side);
        }
        const bool guest = file.tags.artist != view.record.artist && !file.tags.artist.empty();
        text += fmt::format("  {:>3}  {}  (track {}{})\n", i + 1,
                            guest ? by(file.tags.artist, app::title_of(file)) : app::title_of(file),
                            file.track.value, file.missing_since ? ", missing" : "");
    }
    text.pop_back();
    return text::printable(text);
}

} // namespace spindle::cli
