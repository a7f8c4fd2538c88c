// SPDX-License-Identifier: Apache-2.0
#include "document/library_document.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/time_text.h"

namespace spindle::document {
namespace {

std::string hexadecimal(const store::AudioHash& hash) {
    std::string text;
    for (const std::uint8_t byte : hash) {
        text += fmt::format("{:02x}", byte);
    }
    return text;
}

Json or_null(int number) {
    return number == 0 ? Json() : Json(number);
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

Json as_it_is(const std::string& text) {
    return text;
}

/// So many at most.
template <typename List, typename ToJson>
Json first_of(const List& all, std::size_t most, const ToJson& json_of) {
    Json json = Json::array();
    for (std::size_t i = 0; i < std::min(all.size(), most); ++i) {
        json.push_back(json_of(all[i]));
    }
    return json;
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

Json to_json(const app::AddReport& report, std::size_t most) {
    const auto list = [most](const auto& all, const auto& json_of) {
        return first_of(all, most, json_of);
    };
    Json json;
    for (const app::Outcome outcome : app::kOutcomes) {
        json[std::string(app::name_of(outcome))] = report.count(outcome);
    }
    json["unchanged"] = report.unchanged;
    json["returned"] = list(report.returned, as_it_is);
    json["missing"] = list(report.missing, as_it_is);
    json["still_missing"] = report.still_missing;
    json["overwritten"] = list(report.overwritten, [](const app::LibraryWriter::Displaced& one) {
        return Json{{"track_id", one.track.value}, {"path", one.path}};
    });
    json["failed"] = list(report.failed, [](const app::Trouble& one) { return to_json(one); });
    json["failed_before"] = report.failed_before;
    json["warnings"] = list(report.warnings, as_it_is);
    json["hidden"] = report.hidden;
    json["remote"] = report.remote;
    json["interrupted"] = report.interrupted;
    json["error"] = report.stopped_by ? to_json(*report.stopped_by) : Json();
    json["files"] = list(report.taken, [](const app::TakenFile& file) {
        Json one{{"path", file.path},
                 {"outcome", app::name_of(file.taken.outcome)},
                 {"track_id", file.taken.track.value}};
        if (!file.taken.other_path.empty()) {
            one[file.taken.outcome == app::Outcome::Moved ? "from" : "copy_of"] =
                file.taken.other_path;
        }
        return one;
    });
    json["music_s"] = report.music.count();
    json["elapsed_s"] = report.elapsed.count();
    return json;
}

Json to_json(const app::RemoveReport& report, std::size_t most) {
    return Json{{"files", first_of(report.files, most, as_it_is)},
                {"vinyl", first_of(report.vinyl, most, as_it_is)},
                {"tracks", first_of(report.tracks, most,
                                    [](const TrackId track) { return Json(track.value); })},
                {"roots", first_of(report.roots, most, as_it_is)},
                {"not_found", first_of(report.not_found, most, as_it_is)},
                {"warnings", first_of(report.warnings, most, as_it_is)}};
}

} // namespace spindle::document
