// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include <nlohmann/json.hpp>

#include "app/catalog/dump_names.h"
#include "base/time_text.h"
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

/// As the importer notes it: seconds since 1970.
Json seconds_json(std::string_view word) {
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), seconds);
    const bool whole = error == std::errc() && end == word.data() + word.size();
    return whole ? Json(utc_text(seconds * 1000)) : Json();
}

} // namespace

Json catalog_state(House& house) {
    Json files = Json::array();
    const auto catalog = house.catalog.get();
    if (!catalog) {
        return {{"releases", nullptr}, {"files", files}, {"why", catalog.error().message}};
    }
    Json month, imported;
    std::uint64_t bytes = 0;
    for (const catalog::CatalogFile& file : (*catalog)->files()) {
        files.push_back(document::to_json(file));
        bytes += file.bytes();
        if (file.path().filename() != catalog::Catalog::kDumpFile) {
            continue; // lists have no month
        }
        for (const auto& [name, value] : file.about()) {
            if (const auto days = app::listed_dumps(value); name == "source" && days.size() == 1) {
                month = to_string(days.front().month());
            }
            if (name == "imported") {
                imported = seconds_json(value);
            }
        }
    }
    return {{"releases", (*catalog)->releases()},
            {"month", month},
            {"imported", imported},
            {"bytes", bytes},
            {"files", files}};
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
