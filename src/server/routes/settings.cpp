// SPDX-License-Identifier: Apache-2.0
#include "app/settings/settings.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "document/json.h"
#include "document/outbox_document.h"
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

Result<Response> settings(House& house) {
    SPINDLE_TRY(const auto set, app::load_settings(house.config_folder));
    SPINDLE_TRY(auto all_services, services(house));
    SPINDLE_TRY(auto music, library(house));
    return Response::json(document::to_text(
        Json{{"services", std::move(all_services)},
             {"discogs", discogs(house)},
             {"catalog", catalog_state(house)},
             {"library", std::move(music)},
             {"currency", set.currency},
             {"covers_from_internet", set.covers_from_internet},
             {"rules", rules_json(set.rules)},
             {"data_folder", house.data_folder.string()},
             {"settings_file", (house.config_folder / app::kSettingsFile).string()}}));
}

} // namespace

void add_settings_routes(Router& router, House& house) {
    router.add(Method::Get, "/api/settings", {},
               [&house](const Request&) { return settings(house); });
}

} // namespace spindle::server
