// SPDX-License-Identifier: Apache-2.0
#include "cli/page_text.h"

#include <fmt/format.h>

#include "market/printed_date.h"

namespace spindle::cli {
namespace {

template <typename Value>
std::string shown(const std::optional<Value>& value) {
    return value ? fmt::format("{}", *value) : "-";
}

std::string shown(const std::optional<Money>& money) {
    return money ? fmt::format("{} {:.2f}", money->currency, money->amount) : "-";
}

} // namespace

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
