// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/time_text.h"
#include "document/json.h"
#include "server/guard.h"
#include "server/json_request.h"
#include "server/routes/routes.h"

namespace spindle::server {
namespace {

using document::Json;

constexpr std::size_t kLongestToken = 200;
constexpr std::size_t kLongestName = 100;
constexpr int kCookieDays = 400; // browsers keep none longer

Json to_json(const store::Device& device) {
    return {
        {"id", device.id},
        {"name", device.name},
        {"created", utc_text(device.created)},
        {"last_seen", device.last_seen == 0 ? Json(nullptr) : Json(utc_text(device.last_seen))}};
}

std::string cookie(const House& house, std::string_view token, int days) {
    return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{}", kSessionCookie,
                       token, days * 86'400, house.tls ? "; Secure" : "");
}

Result<Response> open_session(House& house, const Request& request) {
    SPINDLE_TRY(const auto json, object_of(request));
    SPINDLE_TRY(const auto token, text_field(json, "token", kLongestToken));
    SPINDLE_TRY(const auto name, text_field(json, "name", kLongestName));
    if (!token || token->empty()) {
        return fail(Code::BadInput, "token is missing: it is in the link that spindle devices pair "
                                    "shows");
    }
    SPINDLE_TRY(const auto store, house.devices.lend());
    const auto paired = app::finish_pairing(*store, *token, name.value_or(""), milliseconds_now());
    if (!paired) {
        return paired.error().code == Code::NoAccess ? problem(401, paired.error().message)
                                                     : problem(paired.error());
    }
    house.book.forget();
    Json answer = to_json(paired->device);
    answer["token"] = paired->token;
    return Response::json(document::to_text(answer), 201)
        .with("Set-Cookie", cookie(house, paired->token, kCookieDays));
}

Result<Response> session(House& house, const Request& request) {
    Json answer{{"owner", request.asker.owner}};
    if (!request.asker.device.empty()) {
        SPINDLE_TRY(const auto store, house.devices.lend());
        SPINDLE_TRY(const auto all, store->devices());
        const auto own = std::find_if(all.begin(), all.end(), [&](const store::Device& one) {
            return one.id == request.asker.device;
        });
        if (own != all.end()) {
            answer["device"] = to_json(*own);
        }
    }
    return Response::json(document::to_text(answer));
}

Result<Response> revoke(House& house, std::string_view id) {
    SPINDLE_TRY(const auto store, house.devices.lend());
    SPINDLE_TRY_VOID(store->revoke(id, milliseconds_now()));
    house.book.forget();
    return Response::no_content();
}

Result<Response> close_session(House& house, const Request& request) {
    if (!request.asker.device.empty()) {
        SPINDLE_TRY_VOID(revoke(house, request.asker.device));
    }
    return Response::no_content().with("Set-Cookie", cookie(house, "", 0));
}

Result<Response> pair(House& house) {
    SPINDLE_TRY(const auto store, house.devices.lend());
    SPINDLE_TRY(const auto pairing, app::begin_pairing(*store, milliseconds_now()));
    return Response::json(
        document::to_text(Json{{"token", pairing.token},
                               {"url", fmt::format("{}/#pair={}", house.address, pairing.token)},
                               {"expires", utc_text(pairing.expires)}}),
        201);
}

} // namespace

void add_device_routes(Router& router, House& house) {
    router.add(Method::Post, "/api/session", json_body(Who::Anybody),
               [&house](const Request& request) { return open_session(house, request); });
    router.add(Method::Get, "/api/session", {},
               [&house](const Request& request) { return session(house, request); });
    router.add(Method::Delete, "/api/session", {},
               [&house](const Request& request) { return close_session(house, request); });
    router.add(Method::Get, "/api/devices", {}, [&house](const Request&) -> Result<Response> {
        SPINDLE_TRY(const auto store, house.devices.lend());
        SPINDLE_TRY(const auto all, store->devices());
        Json list = Json::array();
        for (const store::Device& device : all) {
            list.push_back(to_json(device));
        }
        return Response::json(document::to_text(list));
    });
    router.add(Method::Post, "/api/devices", {.who = Who::Owner},
               [&house](const Request&) { return pair(house); });
    router.add(Method::Delete, "/api/devices/{id}", {},
               [&house](const Request& request) { return revoke(house, request.parameter("id")); });
}

} // namespace spindle::server
