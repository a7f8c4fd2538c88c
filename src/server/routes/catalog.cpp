// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "catalog/matcher.h"
#include "document/catalog_document.h"
#include "document/json.h"
#include "document/market_document.h"
#include "server/json_request.h"
#include "server/routes/catalog_state.h"
#include "server/routes/routes.h"

namespace spindle::server {
namespace {

using document::Json;

constexpr std::size_t kLongestQuery = 500;

Result<Response> search(House& house, const Request& request) {
    const std::string words(request.query_value("q").value_or(""));
    if (words.empty() || characters_of(words) > kLongestQuery) {
        return fail(Code::BadInput,
                    "q: words, a number or a barcode are missing, or longer than {} "
                    "characters",
                    kLongestQuery);
    }
    constexpr std::int64_t kMost = 100; // of recordings; more is no answer
    SPINDLE_TRY(const auto limit, request.number("limit", 10, 1, kMost));
    SPINDLE_TRY(const auto catalog, house.catalog.get());
    catalog::MatchOptions options;
    options.groups = static_cast<std::size_t>(limit);
    const catalog::Matcher matcher(*catalog, options);
    SPINDLE_TRY(const auto result, matcher.match(catalog::spine_text_of(words)));
    Json list = Json::array();
    for (const catalog::GroupMatch& group : result.groups) {
        list.push_back(document::to_json(group));
    }
    return Response::json(document::to_text(list))
        .with("X-Verdict", std::string(catalog::name_of(result.verdict)));
}

Result<Response> release(House& house, const Request& request) {
    SPINDLE_TRY(const auto id, request.id("release", kMostReleaseId));
    SPINDLE_TRY(const auto catalog, house.catalog.get());
    SPINDLE_TRY(const auto found, catalog->find(ReleaseId{static_cast<std::uint32_t>(id)}));
    if (!found) {
        return fail(Code::NotFound, "release {} is not in the catalog", id);
    }
    Json json = document::to_json(*found);
    json["tracks"] = document::to_json(found->tracks);
    return Response::json(document::to_text(json));
}

Result<Response> quotes(House& house, const Request& request) {
    SPINDLE_TRY(const auto id, request.id("release", kMostReleaseId));
    SPINDLE_TRY(const auto store, house.market.lend());
    SPINDLE_TRY(const auto all, store->history(ReleaseId{static_cast<std::uint32_t>(id)}));
    Json list = Json::array();
    for (const market::Quote& quote : all) {
        list.push_back(document::to_json(quote));
    }
    return Response::json(document::to_text(list));
}

} // namespace

Json catalog_state(House& house) {
    Json files = Json::array();
    const auto catalog = house.catalog.get();
    if (!catalog) {
        return {{"releases", nullptr}, {"files", files}, {"why", catalog.error().message}};
    }
    for (const catalog::CatalogFile& file : (*catalog)->files()) {
        files.push_back(document::to_json(file));
    }
    return {{"releases", (*catalog)->releases()}, {"files", files}};
}

void add_catalog_routes(Router& router, House& house) {
    router.add(Method::Get, "/api/catalog", {}, [&house](const Request&) {
        return Response::json(document::to_text(catalog_state(house)));
    });
    router.add(Method::Get, "/api/catalog/search", {},
               [&house](const Request& request) { return search(house, request); });
    router.add(Method::Get, "/api/catalog/releases/{release}", {},
               [&house](const Request& request) { return release(house, request); });
    router.add(Method::Get, "/api/market/releases/{release}/quotes", {},
               [&house](const Request& request) { return quotes(house, request); });
}

} // namespace spindle::server
