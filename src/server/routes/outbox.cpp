// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <optional>

#include <nlohmann/json.hpp>

#include "document/json.h"
#include "document/outbox_document.h"
#include "server/json_request.h"
#include "server/routes/routes.h"
#include "store/scrobble_account.h"

namespace spindle::server {
namespace {

using document::Json;

constexpr std::size_t kLongestText = 1000;

bool is_dead(const store::DeliveryState& one) {
    return one.delivery == scrobble::Delivery::Dead || one.delivery == scrobble::Delivery::Expired;
}

bool is_owed(const store::DeliveryState& one) {
    return one.delivery == scrobble::Delivery::Owed ||
           one.delivery == scrobble::Delivery::Attempted;
}

Result<Response> outbox(House& house, const Request& request) {
    SPINDLE_TRY(const auto limit, request.number("limit", 100, 1, 10'000));
    const std::string_view state = request.query_value("state").value_or("all");
    if (state != "all" && state != "owed" && state != "dead") {
        return fail(Code::BadInput, "state: one of owed, dead, all");
    }
    SPINDLE_TRY(const auto accounts, store::ScrobbleAccounts(house.config_folder).all());
    SPINDLE_TRY(const auto store, house.outbox.lend());
    SPINDLE_TRY(auto services, store->summaries());
    for (const auto& account : accounts) {
        if (std::none_of(services.begin(), services.end(),
                         [&](const auto& one) { return one.service == account.profile; })) {
            services.emplace_back().service = account.profile;
        }
    }
    Json json{{"services", Json::array()}, {"listens", Json::array()}};
    for (const store::ServiceSummary& one : services) {
        Json service = document::to_json(one);
        service["logged_in"] =
            std::any_of(accounts.begin(), accounts.end(),
                        [&](const auto& account) { return account.profile == one.service; });
        json["services"].push_back(std::move(service));
    }
    constexpr std::size_t kMostOpen = 100'000; // a year without a network
    SPINDLE_TRY(const auto listens, store->open_listens(kMostOpen));
    for (auto one = listens.rbegin(); one != listens.rend(); ++one) {
        const auto& deliveries = one->deliveries;
        const bool fits =
            state == "all" ||
            (state == "dead" ? std::any_of(deliveries.begin(), deliveries.end(), is_dead)
                             : std::any_of(deliveries.begin(), deliveries.end(), is_owed));
        if (fits && static_cast<std::int64_t>(json["listens"].size()) < limit) {
            json["listens"].push_back(document::to_json(*one));
        }
    }
    return Response::json(document::to_text(json));
}

Result<std::int64_t> listen_id(const Request& request) {
    return request.id("listen", std::numeric_limits<std::int64_t>::max());
}

Result<store::QueuedListen> listen_of(store::ScrobbleStore& store, std::int64_t id) {
    SPINDLE_TRY(const auto found, store.listen(id));
    if (!found) {
        return fail(Code::NotFound, "no listen has the number {}", id);
    }
    return *found;
}

Result<Response> shown(store::ScrobbleStore& store, std::int64_t id) {
    SPINDLE_TRY(const auto listen, listen_of(store, id));
    return Response::json(document::to_text(document::to_json(listen)));
}

Result<Response> edit(House& house, const Request& request) {
    SPINDLE_TRY(const auto id, listen_id(request));
    SPINDLE_TRY(const auto json, object_of(request));
    SPINDLE_TRY(const auto store, house.outbox.lend());
    SPINDLE_TRY(const auto before, listen_of(*store, id));
    scrobble::Listen listen = before.listen;
    for (const auto& [name, field] :
         {std::pair("artist", &listen.artist), std::pair("title", &listen.title),
          std::pair("album", &listen.album)}) {
        SPINDLE_TRY(const auto text, text_field(json, name, kLongestText));
        if (text) {
            *field = *text;
        }
    }
    SPINDLE_TRY(listen, scrobble::cleaned(std::move(listen)));
    SPINDLE_TRY_VOID(store->edit(id, listen));
    SPINDLE_TRY_VOID(store->retry({&id, 1}));
    return shown(*store, id);
}

Result<Response> retry(House& house, const Request& request) {
    SPINDLE_TRY(const auto id, listen_id(request));
    SPINDLE_TRY(const auto store, house.outbox.lend());
    SPINDLE_TRY_VOID(listen_of(*store, id));
    SPINDLE_TRY_VOID(store->retry({&id, 1}));
    return shown(*store, id);
}

Result<Response> drop(House& house, const Request& request) {
    SPINDLE_TRY(const auto id, listen_id(request));
    SPINDLE_TRY(const auto store, house.outbox.lend());
    SPINDLE_TRY_VOID(listen_of(*store, id));
    SPINDLE_TRY_VOID(store->drop({&id, 1}, std::nullopt));
    return Response::no_content();
}

} // namespace

void add_outbox_routes(Router& router, House& house) {
    router.add(Method::Get, "/api/outbox", {},
               [&house](const Request& request) { return outbox(house, request); });
    router.add(Method::Patch, "/api/outbox/{listen}", json_body(),
               [&house](const Request& request) { return edit(house, request); });
    router.add(Method::Delete, "/api/outbox/{listen}", {},
               [&house](const Request& request) { return drop(house, request); });
    router.add(Method::Post, "/api/outbox/{listen}/retry", {},
               [&house](const Request& request) { return retry(house, request); });
}

} // namespace spindle::server
