// SPDX-License-Identifier: Apache-2.0
#include "cli/library_text.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/terminal.h"

namespace spindle::cli {
namespace {

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
