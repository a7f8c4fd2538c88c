// SPDX-License-Identifier: Apache-2.0
#include "document/play_document.h"

#include <chrono>

#include <nlohmann/json.hpp>

#include "base/time_text.h"

namespace spindle::document {
namespace {

store::Milliseconds milliseconds(BootTime at, const ClockReading& now) {
    return std::chrono::floor<std::chrono::milliseconds>(to_utc(at, now).since_1970).count();
}

} // namespace

Json wow_json(double peak, double weighted, double turns_per_minute) {
    return {{"peak_percent", rounded(peak * 100, 1e4)},
            {"weighted_percent", rounded(weighted * 100, 1e4)},
            {"turns_per_minute", rounded(turns_per_minute, 1e3)}};
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

} // namespace spindle::document
