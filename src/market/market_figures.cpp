// SPDX-License-Identifier: Apache-2.0
#include "market/market_figures.h"

#include <algorithm>

namespace spindle::market {
namespace {

constexpr std::array<std::string_view, 12> kCurrencies{"USD", "GBP", "EUR", "CAD", "AUD", "JPY",
                                                       "CHF", "MXN", "BRL", "NZD", "SEK", "ZAR"};

} // namespace

std::span<const std::string_view> known_currencies() {
    return kCurrencies;
}

bool is_known_currency(std::string_view currency) {
    return std::find(kCurrencies.begin(), kCurrencies.end(), currency) != kCurrencies.end();
}

std::vector<Quote> quotes_of(const MarketFigures& figures, const std::string& currency,
                             std::int64_t now) {
    std::vector<Quote> quotes;
    const auto add = [&](Figure figure, const auto& value) {
        if (value) {
            quotes.push_back(
                {figures.release, figure, static_cast<double>(*value), {}, Source::Discogs, now});
        }
    };
    add(Figure::Have, figures.have);
    add(Figure::Want, figures.want);
    add(Figure::Rating, figures.rating);
    add(Figure::Votes, figures.votes);
    add(Figure::ForSale, figures.for_sale);
    Quote lowest{figures.release, Figure::Lowest, {}, currency, Source::Discogs, now};
    if (figures.lowest) {
        lowest.value = figures.lowest->amount;
        lowest.currency = figures.lowest->currency;
    }
    quotes.push_back(std::move(lowest));
    add(Figure::Blocked, std::optional(figures.blocked_from_sale ? 1 : 0));
    return quotes;
}

std::vector<Quote> quotes_of(ReleaseId release, const PriceSuggestions& suggestions,
                             std::int64_t now) {
    std::vector<Quote> quotes;
    for (std::size_t i = 0; i < suggestions.size(); ++i) {
        if (const auto& price = suggestions[i]) {
            const auto figure =
                static_cast<Figure>(static_cast<int>(Figure::SuggestedMint) + static_cast<int>(i));
            quotes.push_back(
                {release, figure, price->amount, price->currency, Source::Discogs, now});
        }
    }
    return quotes;
}

} // namespace spindle::market
