// SPDX-License-Identifier: Apache-2.0
#include "cli/page_text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "market/printed_date.h"

namespace spindle::cli {
namespace {

template <typename Value>
Json or_null(const std::optional<Value>& value) {
    return value ? Json(*value) : Json();
}

Json money_json(const std::optional<Money>& money) {
    return money ? Json{{"value", money->amount}, {"currency", money->currency}} : Json();
}

template <typename Value>
std::string shown(const std::optional<Value>& value) {
    return value ? fmt::format("{}", *value) : "-";
}

std::string shown(const std::optional<Money>& money) {
    return money ? fmt::format("{} {:.2f}", money->currency, money->amount) : "-";
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

std::string page_text(const std::string& file, const market::PageStatistics& page) {
    std::string text = fmt::format("{}\n", page.title.empty() ? file : page.title);
    if (page.release.value != 0) {
        text += fmt::format("  https://www.discogs.com/release/{}\n", page.release.value);
    }
    text += fmt::format("  have {}  want {}  rating {} of {} votes\n", shown(page.have),
                        shown(page.want), shown(page.rating), shown(page.votes));
    text += page.never_sold
                ? std::string("  never sold")
                : fmt::format("  last sold {}: low {}, median {}, high {}",
                              page.last_sold ? market::as_text(*page.last_sold) : "-",
                              shown(page.sold_low), shown(page.sold_median), shown(page.sold_high));
    if (page.for_sale) {
        text += fmt::format("\n  for sale {}, from {}", *page.for_sale, shown(page.lowest));
    }
    return text;
}

} // namespace spindle::cli
