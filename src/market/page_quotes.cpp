// SPDX-License-Identifier: Apache-2.0
#include "market/page_quotes.h"

#include <chrono>
#include <optional>

namespace spindle::market {

std::vector<Quote> quotes_of(const PageStatistics& page, std::int64_t now) {
    std::vector<Quote> quotes;
    const auto add = [&](Figure figure, std::optional<double> value, const std::string& currency) {
        if (value) {
            quotes.push_back({page.release, figure, value, currency, Source::SavedPage, now});
        }
    };
    const auto number = [&](Figure figure, const auto& value) {
        add(figure, value ? std::optional(static_cast<double>(*value)) : std::nullopt, "");
    };
    const auto money = [&](Figure figure, const std::optional<Money>& value) {
        if (value) {
            add(figure, value->amount, value->currency);
        }
    };
    number(Figure::Have, page.have);
    number(Figure::Want, page.want);
    number(Figure::Rating, page.rating);
    number(Figure::Votes, page.votes);
    number(Figure::ForSale, page.for_sale);
    money(Figure::Lowest, page.lowest);
    money(Figure::SoldLow, page.sold_low);
    money(Figure::SoldMedian, page.sold_median);
    money(Figure::SoldHigh, page.sold_high);
    if (page.last_sold) {
        const auto day = std::chrono::sys_days(*page.last_sold).time_since_epoch();
        add(Figure::LastSold, static_cast<double>(std::chrono::seconds(day).count()), "");
    }
    return quotes;
}

} // namespace spindle::market
