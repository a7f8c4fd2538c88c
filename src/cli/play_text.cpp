// SPDX-License-Identifier: Apache-2.0
#include "cli/play_text.h"

#include <array>
#include <cmath>
#include <ctime>

#include <fmt/format.h>

#include "cli/terminal.h"

namespace spindle::cli {
namespace {

double rounded(double value, double steps) {
    return std::round(value * steps) / steps;
}

std::string speed_text(double speed) {
    return fmt::format("{:+.2f} %", rounded((speed - 1) * 100, 100) + 0.0);
}

std::string place_text(const std::string& side, int position) {
    return position == 0 ? std::string() : fmt::format("{}{}", side, position);
}

std::string place_text(const std::optional<turntable::Place>& place) {
    return !place ? std::string()
                  : place_text(place->side == 0 ? "" : std::string(1, place->side),
                               static_cast<int>(place->index) + 1);
}

std::string source_text(const app::SourceNote& note) {
    std::string text = note.note;
    if (note.lost > Seconds{0}) {
        text += fmt::format(" ({:.2f} s)", note.lost.count());
    }
    return text.empty() ? std::string(name_of(note.event)) : text;
}

} // namespace

std::string local_text(store::Milliseconds time) {
    const std::time_t seconds = time >= 0 ? time / 1000 : (time - 999) / 1000;
    std::tm parts{};
    ::localtime_r(&seconds, &parts);
    std::array<char, 64> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), "%a %d %b %H:%M", &parts);
    return {text.data(), length};
}

std::string name_text(const std::string& artist, const std::string& title) {
    return artist.empty() ? title : artist + " - " + title;
}

std::string play_line(const store::StoredPlay& play) {
    std::string text = fmt::format("{}  ", local_text(play.started));
    if (const std::string place = place_text(play.side, play.position); !place.empty()) {
        text += place + "  ";
    }
    text += name_text(play.artist, play.title);
    if (!play.album.empty()) {
        text += " (" + play.album + ")";
    }
    text += "  " + clock_text(play.played);
    if (play.duration > Seconds{0}) {
        text += " of " + clock_text(play.duration);
    }
    text += ", " + speed_text(play.speed);
    if (play.wow) {
        text += fmt::format(", wow {:.2f} %", play.wow->peak * 100);
    }
    if (play.skips > 0) {
        text += fmt::format(", {} skip{}", play.skips, play.skips == 1 ? "" : "s");
    }
    if (play.inferred) {
        text += ", not recognised: it fits between its neighbours";
    }
    return text;
}

std::string event_line(const app::ListeningEvent& event) {
    if (const auto* heard = std::get_if<app::NowHeard>(&event)) {
        if (!heard->playing.confirmed) {
            return {};
        }
        const std::string place = place_text(heard->playing.place);
        return fmt::format("now     {}{}{}", place, place.empty() ? "" : "  ",
                           name_text(heard->names.artist, heard->names.title)) +
               (heard->names.album.empty() ? "" : " (" + heard->names.album + ")");
    }
    if (const auto* kept = std::get_if<app::PlayKept>(&event)) {
        return "played  " + play_line(kept->play);
    }
    if (const auto* moved = std::get_if<app::NeedleMoved>(&event)) {
        return moved->down ? "needle down" : "needle up";
    }
    if (const auto* ended = std::get_if<app::SideEnded>(&event)) {
        return fmt::format("side {}{}over, {} of music", ended->side.side,
                           ended->side.side.empty() ? "" : " ", clock_text(ended->side.music));
    }
    if (const auto* unknown = std::get_if<app::UnknownKept>(&event)) {
        return fmt::format(
            "unknown music  {}  {}", local_text(unknown->unknown.started),
            clock_text(Seconds{
                static_cast<double>(unknown->unknown.ended - unknown->unknown.started) / 1000}));
    }
    if (const auto* locked = std::get_if<app::GrooveLocked>(&event)) {
        return fmt::format("the needle is stuck at {} of {}", clock_text(locked->groove.position),
                           name_text(locked->names.artist, locked->names.title));
    }
    if (const auto* graded = std::get_if<app::SideGraded>(&event)) {
        return fmt::format("the side sounds {} ({} to {})", short_name(graded->report.grade),
                           short_name(graded->report.best), short_name(graded->report.worst));
    }
    return "source: " + source_text(std::get<app::SourceNote>(event));
}

std::string status_line(const app::ListeningStatus& status) {
    std::string text;
    const turntable::Status& s = status.status;
    if (s.now && status.now) {
        const std::string place = place_text(s.now->place);
        text = fmt::format("{}{}{}{}  {}", s.now->confirmed ? "" : "? ", place,
                           place.empty() ? "" : "  ",
                           name_text(status.now->names.artist, status.now->names.title),
                           clock_text(s.now->position));
        if (s.now->duration > Seconds{0}) {
            text += "/" + clock_text(s.now->duration);
        }
        text += "  " + speed_text(s.speed);
        if (s.wow) {
            text += fmt::format("  wow {:.2f} %", s.wow->peak * 100);
        }
        if (s.locked) {
            text += "  stuck in a groove";
        }
        if (!status.now->next_title.empty()) {
            text += "  next: " + status.now->next_title;
        }
    } else {
        text = s.sound == turntable::Sound::Silence   ? "silence"
               : s.sound == turntable::Sound::Surface ? "groove noise"
                                                      : "music, not known yet";
    }
    for (std::size_t i = 0; i < status.levels.size(); ++i) {
        text += fmt::format("{}{:.0f}", i == 0 ? "  level " : "/", status.levels[i].rms_dbfs);
    }
    return text + (status.levels.empty() ? "" : " dB");
}

} // namespace spindle::cli
