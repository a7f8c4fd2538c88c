// SPDX-License-Identifier: Apache-2.0
#include "document/page_document.h"

#include <nlohmann/json.hpp>

#include "market/printed_date.h"

namespace spindle::document {
namespace {

template <typename Value>
Json or_null(const std::optional<Value>& value) {
    return value ? Json(*value) : Json();
}

Json money_json(const std::optional<Money>& money) {
    return money ? Json{{"value", money->amount}, {"currency", money->currency}} : Json();
}

} // namespace

Json page_json(const std::string& file, const market::PageStatistics& page) {
    return Json{{"file", file},
                {"release_id", page.release.value == 0 ? Json() : Json(page.release.value)},
                {"title", page.title},
                {"have", or_null(page.have)},
                {"want", or_null(page.want)},
                {"rating", or_null(page.rating)},
                {"ratings", or_null(page.votes)},
                {"never_sold", page.never_sold},
                {"last_sold", page.last_sold ? Json(market::as_text(*page.last_sold)) : Json()},
                {"sold_low", money_json(page.sold_low)},
                {"sold_median", money_json(page.sold_median)},
                {"sold_high", money_json(page.sold_high)},
                {"for_sale", or_null(page.for_sale)},
                {"lowest", money_json(page.lowest)}};
}

} // namespace spindle::document
