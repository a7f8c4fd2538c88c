// SPDX-License-Identifier: Apache-2.0
#include "app/settings/settings.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/settings/choices.h"
#include "document/json.h"
#include "document/outbox_document.h"
#include "server/json_request.h"
#include "server/routes/catalog_state.h"
#include "server/routes/routes.h"
#include "store/login.h"
#include "store/scrobble_account.h"

namespace spindle::server {
namespace {

using document::Json;

/// Names of accounts, never what is secret of them.
Result<Json> services(House& house) {
    SPINDLE_TRY(const auto accounts, store::ScrobbleAccounts(house.config_folder).all());
    SPINDLE_TRY(const auto store, house.outbox.lend());
    SPINDLE_TRY(const auto summaries, store->summaries());
    Json list = Json::array();
    for (const store::ScrobbleAccount& account : accounts) {
        const auto known = std::find_if(summaries.begin(), summaries.end(), [&](const auto& one) {
            return one.service == account.profile;
        });
        const bool halted =
            known != summaries.end() && known->state.halt != scrobble::ServiceState::Halt::None;
        list.push_back(
            {{"service", account.profile},
             {"account", account.username.empty() ? Json(nullptr) : Json(account.username)},
             {"state", halted ? "halted" : "ready"}});
    }
    return list;
}

Json discogs(const House& house) {
    const auto login = store::LoginFile(house.config_folder).load();
    if (!login) {
        return {{"logged_in", false}, {"account", nullptr}, {"why", login.error().message}};
    }
    return {{"logged_in", login->has_value()},
            {"account", *login ? Json((*login)->username) : Json(nullptr)}};
}

Result<Json> library(House& house) {
    SPINDLE_TRY(const auto store, house.library.lend());
    SPINDLE_TRY(const auto tracks, store->track_states());
    SPINDLE_TRY(const auto records, store->records());
    SPINDLE_TRY(const auto folders, store->roots());
    return Json{{"tracks", tracks.size()}, {"records", records.size()}, {"folders", folders}};
}

Json rules_json(const market::RuleOptions& rules) {
    return {{"lowest_weight", rules.lowest_weight},
            {"sold_low_weight", rules.sold_low_weight},
            {"sold_median_weight", rules.sold_median_weight},
            {"sold_high_weight", rules.sold_high_weight},
            {"many_for_sale", rules.many_for_sale},
            {"long_unsold_days", rules.long_unsold_days},
            {"many_versions", rules.many_versions},
            {"good", rules.good}};
}

std::string_view name_of(app::SetBy by) {
    switch (by) {
    case app::SetBy::Nobody:
        return "nobody";
    case app::SetBy::Page:
        return "page";
    case app::SetBy::File:
        return "file";
    }
    return "nobody";
}

Result<Response> settings(House& house) {
    SPINDLE_TRY(const auto set, app::load_settings(house.config_folder));
    SPINDLE_TRY(const auto covers, app::cover_permission(house.config_folder));
    SPINDLE_TRY(auto all_services, services(house));
    SPINDLE_TRY(auto music, library(house));
    return Response::json(document::to_text(
        Json{{"services", std::move(all_services)},
             {"discogs", discogs(house)},
             {"catalog", catalog_state(house)},
             {"library", std::move(music)},
             {"currency", set.currency},
             {"covers_from_internet", covers.internet == app::Internet::Ask},
             {"covers_set_by", name_of(covers.by)},
             {"rules", rules_json(set.rules)},
             {"data_folder", house.data_folder.string()},
             {"settings_file", (house.config_folder / app::kSettingsFile).string()}}));
}

Result<Response> change_settings(House& house, const Request& request) {
    SPINDLE_TRY(const auto json, object_of(request));
    const auto wanted = json.find("covers_from_internet");
    if (wanted == json.end() || !wanted->is_boolean()) {
        return fail(Code::BadInput, "covers_from_internet: must be true or false");
    }
    SPINDLE_TRY_VOID(app::choose_covers(
        house.config_folder, wanted->get<bool>() ? app::Internet::Ask : app::Internet::Leave));
    return settings(house);
}

} // namespace

void add_settings_routes(Router& router, House& house) {
    router.add(Method::Patch, "/api/settings", json_body(),
               [&house](const Request& request) { return change_settings(house, request); });
    router.add(Method::Get, "/api/settings", {},
               [&house](const Request&) { return settings(house); });
}

} // namespace spindle::server
