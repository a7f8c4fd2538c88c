// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "app/library/query.h"
#include "document/json.h"
#include "document/library_document.h"
#include "server/routes/routes.h"

namespace spindle::server {
namespace {

using document::Json;

Result<Response> records(House& house, const Request& request) {
    SPINDLE_TRY(const auto limit, request.number("limit", 100, 1, 10'000));
    SPINDLE_TRY(const auto store, house.library.lend());
    SPINDLE_TRY(auto all, store->records());
    Json list = Json::array();
    for (store::Record& record : all) {
        if (static_cast<std::int64_t>(list.size()) == limit || request.stop.stop_requested()) {
            break;
        }
        SPINDLE_TRY(const auto view, app::view_of(*store, std::move(record)));
        list.push_back(document::to_json(view));
    }
    return Response::json(document::to_text(list));
}

} // namespace

void add_library_routes(Router& router, House& house) {
    router.add(Method::Get, "/api/library/records", {},
               [&house](const Request& request) { return records(house, request); });
}

} // namespace spindle::server
