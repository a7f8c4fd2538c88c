// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

#include "app/library/name_unknown.h"
#include "app/play/play_summary.h"
#include "base/time_text.h"
#include "document/json.h"
#include "document/library_document.h"
#include "document/play_document.h"
#include "server/json_request.h"
#include "server/routes/routes.h"

namespace spindle::server {
namespace {

using document::Json;

constexpr store::Milliseconds kEnd = std::numeric_limits<store::Milliseconds>::max();
constexpr std::int64_t kMostDays = 36'500;

store::Milliseconds since(std::int64_t days) {
    constexpr store::Milliseconds kDay = 86'400'000;
    return days == 0 ? std::numeric_limits<store::Milliseconds>::min()
                     : milliseconds_now() - days * kDay;
}

Result<Response> plays(House& house, const Request& request) {
    SPINDLE_TRY(const auto days, request.number("days", 0, 1, kMostDays));
    SPINDLE_TRY(const auto limit, request.number("limit", 100, 1, 10'000));
    SPINDLE_TRY(const auto store, house.plays.lend());
    Json list = Json::array();
    SPINDLE_TRY_VOID(store->each_play(since(days), kEnd, [&](const store::StoredPlay& play) {
        list.push_back(document::to_json(play));
        return static_cast<std::int64_t>(list.size()) < limit;
    }));
    return Response::json(document::to_text(list));
}

void add(Json& json, const app::Played& played) {
    json["plays"] = played.plays;
    json["played_s"] = std::round(played.music.count() * 10) / 10;
}

Result<Response> summary(House& house, const Request& request) {
    SPINDLE_TRY(const auto days, request.number("days", 365, 1, kMostDays));
    SPINDLE_TRY(const auto store, house.plays.lend());
    SPINDLE_TRY(const auto summary, app::summarize_plays(*store, since(days)));
    Json json{{"days", Json::array()}, {"artists", Json::array()}, {"records", Json::array()}};
    for (const auto& [day, played] : summary.days) {
        add(json["days"].emplace_back(Json{{"day", day}}), played);
    }
    for (const auto& one : summary.artists) {
        add(json["artists"].emplace_back(Json{{"artist", one.artist}}), one.played);
    }
    for (const auto& one : summary.records) {
        add(json["records"].emplace_back(Json{{"album", one.album}, {"artist", one.artist}}),
            one.played);
    }
    return Response::json(document::to_text(json));
}

Result<Json> styli(store::PlayStore& store) {
    SPINDLE_TRY(const auto all, store.styli());
    Json list = Json::array();
    for (const store::StoredStylus& stylus : all) {
        list.push_back(
            {{"name", stylus.name.empty() ? Json(nullptr) : Json(stylus.name)},
             {"fitted", stylus.fitted == 0 ? Json(nullptr) : Json(utc_text(stylus.fitted))},
             {"hours", stylus.music.count() / 3600}});
    }
    return list;
}

Result<Response> new_stylus(House& house, const Request& request) {
    constexpr std::size_t kLongestName = 200;
    SPINDLE_TRY(const auto json, object_of(request));
    SPINDLE_TRY(const auto name, text_field(json, "name", kLongestName));
    if (!name || name->empty()) {
        return fail(Code::BadInput, "name is missing: what the needle is called");
    }
    SPINDLE_TRY(const auto store, house.plays.lend());
    SPINDLE_TRY_VOID(store->fit_stylus(milliseconds_now(), *name));
    SPINDLE_TRY(const auto list, styli(*store));
    return Response::json(document::to_text(list), 201);
}

Result<Response> unknown(House& house) {
    SPINDLE_TRY(const auto store, house.plays.lend());
    SPINDLE_TRY(const auto all,
                store->unknown(std::numeric_limits<store::Milliseconds>::min(), kEnd));
    Json list = Json::array();
    for (const store::StoredUnknown& one : all) {
        list.push_back(document::to_json(one));
    }
    return Response::json(document::to_text(list));
}

constexpr std::int64_t kMostUnknownId = 9'007'199'254'740'991; // what JavaScript can hold
constexpr std::size_t kLongestName = 500;                      // bytes, as when enrolling
constexpr std::size_t kMostTracks = 99;
constexpr double kLongestSide = 24 * 3600;

Result<Response> unknown_one(House& house, const Request& request) {
    SPINDLE_TRY(const auto id, request.id("unknown", kMostUnknownId));
    SPINDLE_TRY(const auto store, house.plays.lend());
    SPINDLE_TRY(const auto found, app::unknown_tracks(*store, id));
    Json json = document::to_json(found.unknown);
    json["tracks"] = Json::array();
    for (const turntable::TrackStretch& track : found.tracks) {
        json["tracks"].push_back(
            {{"begins_s", document::rounded(track.from.count(), 100)},
             {"duration_s", document::rounded((track.to - track.from).count(), 100)}});
    }
    return Response::json(document::to_text(json));
}

Result<app::EnrolTrack> enrol_track_in(const Json& json) {
    if (!json.is_object()) {
        return fail(Code::BadInput, "tracks holds what is no object");
    }
    app::EnrolTrack track;
    SPINDLE_TRY(const auto title, text_field(json, "title", kLongestName));
    track.title = title.value_or("");
    const auto begins = json.find("begins_s");
    if (begins != json.end() && !begins->is_null()) {
        if (!begins->is_number() || !(begins->get<double>() >= 0) ||
            begins->get<double>() > kLongestSide) {
            return fail(Code::BadInput, "begins_s is no number of seconds");
        }
        track.begins = Seconds{begins->get<double>()};
    }
    return track;
}

Result<app::EnrolledSide> side_in(const Json& json) {
    app::EnrolledSide side;
    SPINDLE_TRY(const auto artist, text_field(json, "artist", kLongestName));
    SPINDLE_TRY(const auto title, text_field(json, "title", kLongestName));
    SPINDLE_TRY(const auto letter, text_field(json, "side", 1));
    side.artist = artist.value_or("");
    side.title = title.value_or("");
    if (side.title.empty()) {
        return fail(Code::BadInput, "title is missing: what the record is called");
    }
    if (letter && (letter->size() != 1 || (*letter)[0] < 'A' || (*letter)[0] > 'Z')) {
        return fail(Code::BadInput, "side is none of A to Z");
    }
    side.side = letter ? (*letter)[0] : side.side;
    const auto tracks = json.find("tracks");
    if (tracks != json.end() && !tracks->is_null()) {
        if (!tracks->is_array() || tracks->size() > kMostTracks) {
            return fail(Code::BadInput, "tracks is no list of at most {}", kMostTracks);
        }
        for (const Json& one : *tracks) {
            SPINDLE_TRY(auto track, enrol_track_in(one));
            side.tracks.push_back(std::move(track));
        }
    }
    return side;
}

Result<Response> name_unknown(House& house, const Request& request) {
    SPINDLE_TRY(const auto id, request.id("unknown", kMostUnknownId));
    SPINDLE_TRY(const auto json, object_of(request));
    SPINDLE_TRY(const auto side, side_in(json));
    SPINDLE_TRY(const auto store, house.plays.lend());
    SPINDLE_TRY(const auto named,
                app::name_unknown(house.backends, house.data_folder, *store, id, side, {}));
    Json answer{{"unknown", document::to_json(named.unknown)},
                {"record", nullptr},
                {"tracks", Json::array()},
                {"because", named.because.empty() ? Json(nullptr) : Json(named.because)}};
    if (named.enrolment) {
        const app::Enrolment& enrolment = *named.enrolment;
        answer["record"] = document::to_json(enrolment.record);
        for (std::size_t i = 0; i < enrolment.tracks.size(); ++i) {
            answer["tracks"].push_back(
                {{"track_id", enrolment.tracks[i].value},
                 {"begins_s", document::rounded(enrolment.begins[i].count(), 100)},
                 {"duration_s", document::rounded(enrolment.lengths[i].count(), 100)}});
        }
    }
    return Response::json(document::to_text(answer));
}

} // namespace

void add_play_routes(Router& router, House& house) {
    router.add(Method::Get, "/api/plays", {},
               [&house](const Request& request) { return plays(house, request); });
    router.add(Method::Get, "/api/plays/summary", {},
               [&house](const Request& request) { return summary(house, request); });
    router.add(Method::Get, "/api/styli", {}, [&house](const Request&) -> Result<Response> {
        SPINDLE_TRY(const auto store, house.plays.lend());
        SPINDLE_TRY(const auto list, styli(*store));
        return Response::json(document::to_text(list));
    });
    router.add(Method::Post, "/api/styli", json_body(),
               [&house](const Request& request) { return new_stylus(house, request); });
    router.add(Method::Get, "/api/unknown", {},
               [&house](const Request&) { return unknown(house); });
    router.add(Method::Get, "/api/unknown/{unknown}", {},
               [&house](const Request& request) { return unknown_one(house, request); });
    router.add(Method::Put, "/api/unknown/{unknown}/name", json_body(),
               [&house](const Request& request) { return name_unknown(house, request); });
}

} // namespace spindle::server
