// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

#include "app/play/play_summary.h"
#include "base/time_text.h"
#include "document/json.h"
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
}

} // namespace spindle::server
