// SPDX-License-Identifier: Apache-2.0
#include "cli/play_text.h"

#include <cmath>
#include <ctime>

#include <nlohmann/json.hpp>

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

Json or_null(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

Json wow_json(double peak, double weighted, double turns) {
    return {{"peak_percent", rounded(peak * 100, 1e4)},
            {"weighted_percent", rounded(weighted * 100, 1e4)},
            {"turns_per_minute", rounded(turns, 1e3)}};
}

std::string broken_down(store::Milliseconds time, bool is_local, const char* format) {
    const std::time_t seconds = time >= 0 ? time / 1000 : (time - 999) / 1000;
    std::tm parts{};
    if (is_local) {
        ::localtime_r(&seconds, &parts);
    } else {
        ::gmtime_r(&seconds, &parts);
    }
    std::array<char, 64> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), format, &parts);
    return {text.data(), length};
}

store::Milliseconds milliseconds(BootTime at, const ClockReading& now) {
    return std::chrono::floor<std::chrono::milliseconds>(to_utc(at, now).since_1970).count();
}

std::string source_text(const app::SourceNote& note) {
    std::string text = note.note;
    if (note.lost > Seconds{0}) {
        text += fmt::format(" ({:.2f} s)", note.lost.count());
    }
    return text.empty() ? std::string(name_of(note.event)) : text;
}

} // namespace

std::string utc_text(store::Milliseconds time) {
    const auto tenths = ((time % 1000) + 1000) % 1000 / 100;
    return fmt::format("{}.{}Z", broken_down(time, false, "%Y-%m-%dT%H:%M:%S"), tenths);
}

std::string local_text(store::Milliseconds time) {
    return broken_down(time, true, "%a %d %b %H:%M");
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

Json to_json(const store::StoredPlay& play) {
    Json json{{"started", utc_text(play.started)},
              {"ended", utc_text(play.ended)},
              {"started_ms", play.started},
              {"track_id", play.track.value},
              {"record_id", play.record.value == 0 ? Json(nullptr) : Json(play.record.value)},
              {"side", or_null(play.side)},
              {"position", play.position == 0 ? Json(nullptr) : Json(play.position)},
              {"artist", play.artist},
              {"title", play.title},
              {"album", play.album},
              {"played_s", rounded(play.played.count(), 100)},
              {"from_s", rounded(play.from.count(), 100)},
              {"to_s", rounded(play.to.count(), 100)},
              {"duration_s", play.duration > Seconds{0} ? Json(rounded(play.duration.count(), 100))
                                                        : Json(nullptr)},
              {"speed", rounded(play.speed, 1e6)},
              {"speed_error", rounded(play.speed_error, 1e6)},
              {"wow", nullptr},
              {"confidence", rounded(play.confidence, 1e4)},
              {"inferred", play.inferred},
              {"skips", play.skips},
              {"evidence", {{"matched", play.matched}, {"expected", play.expected}}}};
    if (play.wow) {
        json["wow"] = wow_json(play.wow->peak, play.wow->weighted, play.wow->turns_per_minute);
    }
    return json;
}

Json to_json(const store::StoredUnknown& unknown) {
    return {{"unknown_id", unknown.id == 0 ? Json(nullptr) : Json(unknown.id)},
            {"started", utc_text(unknown.started)},
            {"ended", utc_text(unknown.ended)},
            {"seconds", static_cast<double>(unknown.ended - unknown.started) / 1000},
            {"name", or_null(unknown.name)},
            {"heard", unknown.heard}};
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

Json to_json(const app::ListeningEvent& event, const ClockReading& now) {
    if (const auto* heard = std::get_if<app::NowHeard>(&event)) {
        const turntable::NowPlaying& playing = heard->playing;
        return {{"event", "now_playing"},
                {"at", utc_text(milliseconds(heard->at, now))},
                {"confirmed", playing.confirmed},
                {"track_id", playing.track.value},
                {"artist", heard->names.artist},
                {"title", heard->names.title},
                {"album", heard->names.album},
                {"side", playing.place && playing.place->side != 0
                             ? Json(std::string(1, playing.place->side))
                             : Json(nullptr)},
                {"position", playing.place ? Json(playing.place->index + 1) : Json(nullptr)},
                {"position_s", rounded(playing.position.count(), 100)},
                {"duration_s", rounded(playing.duration.count(), 100)},
                {"confidence", rounded(playing.confidence, 1e4)},
                {"next", or_null(heard->next_title)}};
    }
    if (const auto* kept = std::get_if<app::PlayKept>(&event)) {
        Json json{{"event", "play"}};
        json.update(to_json(kept->play));
        return json;
    }
    if (const auto* moved = std::get_if<app::NeedleMoved>(&event)) {
        return {{"event", moved->down ? "needle_down" : "needle_up"},
                {"at", utc_text(milliseconds(moved->at, now))}};
    }
    if (const auto* ended = std::get_if<app::SideEnded>(&event)) {
        return {{"event", "side_over"},
                {"at", utc_text(ended->side.ended)},
                {"record_id",
                 ended->side.record.value == 0 ? Json(nullptr) : Json(ended->side.record.value)},
                {"side", or_null(ended->side.side)},
                {"music_s", rounded(ended->side.music.count(), 10)}};
    }
    if (const auto* unknown = std::get_if<app::UnknownKept>(&event)) {
        Json json{{"event", "unknown_music"}};
        json.update(to_json(unknown->unknown));
        return json;
    }
    if (const auto* graded = std::get_if<app::SideGraded>(&event)) {
        return {{"event", "side_graded"},
                {"at", utc_text(graded->grading.graded)},
                {"grading_id", graded->grading.id},
                {"record_id", graded->grading.record.value == 0
                                  ? Json(nullptr)
                                  : Json(graded->grading.record.value)},
                {"side", or_null(graded->grading.side)},
                {"grade", short_name(graded->report.grade)},
                {"best", short_name(graded->report.best)},
                {"worst", short_name(graded->report.worst)},
                {"severity", rounded(graded->report.severity, 1000)}};
    }
    if (const auto* locked = std::get_if<app::GrooveLocked>(&event)) {
        return {{"event", "locked_groove"},
                {"track_id", locked->groove.track.value},
                {"title", locked->names.title},
                {"position_s", rounded(locked->groove.position.count(), 10)}};
    }
    const auto& note = std::get<app::SourceNote>(event);
    return {{"event", "source"},
            {"kind", std::string(name_of(note.event))},
            {"note", note.note},
            {"lost_s", rounded(note.lost.count(), 1000)}};
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
