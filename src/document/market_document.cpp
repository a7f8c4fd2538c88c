// SPDX-License-Identifier: Apache-2.0
#include "document/market_document.h"

#include <nlohmann/json.hpp>

#include "base/time_text.h"

namespace spindle::document {
namespace {

std::string_view name_of(app::Pricing pricing) {
    switch (pricing) {
    case app::Pricing::Known:
        return "known";
    case app::Pricing::Refreshed:
        return "refreshed";
    case app::Pricing::Outdated:
        return "outdated";
    default:
        return "missing";
    }
}

} // namespace

Json to_json(const market::Quote& quote) {
    return Json{{"figure", market::name_of(quote.figure)},
                {"value", quote.value ? Json(*quote.value) : Json(nullptr)},
                {"currency", quote.currency.empty() ? Json(nullptr) : Json(quote.currency)},
                {"source", market::name_of(quote.source)},
                {"seen_at", time_text(quote.seen_at)}};
}

Json to_json(const app::PricedRelease& release) {
    Json json{{"release_id", release.about.release.value},
              {"state", name_of(release.pricing)},
              {"artist", release.about.artist},
              {"title", release.about.title},
              {"format", release.about.format},
              {"country", release.about.country},
              {"year", release.about.year == 0 ? Json(nullptr) : Json(release.about.year)},
              {"seen_at", release.seen_at ? Json(time_text(*release.seen_at)) : Json(nullptr)},
              {"queued", release.queued}};
    Json quotes = Json::array();
    for (const market::Quote& quote : release.quotes) {
        quotes.push_back(to_json(quote));
    }
    json["quotes"] = std::move(quotes);
    if (release.error) {
        json["error"] = Json{{"code", spindle::name_of(release.error->code)},
                             {"message", release.error->message}};
    }
    json["notice"] = market::kDataNotice;
    return json;
}

} // namespace spindle::document
