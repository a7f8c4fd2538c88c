// SPDX-License-Identifier: Apache-2.0
#include "market/appraisal_facts.h"

#include <algorithm>
#include <cmath>

#include "market/price_ladder.h"

namespace spindle::market {
namespace {

constexpr const char* kDollars = "USD"; // the model learned in them
constexpr double kDay = 24 * 60 * 60;

/// Dollars for one unit; nothing without a rate.
std::optional<double> rate_of(const std::string& currency, const ExchangeRates& rates) {
    if (currency == kDollars) {
        return 1;
    }
    const auto found = rates.find(currency);
    const bool usable = found != rates.end() && std::isfinite(found->second) && found->second > 0;
    return usable ? std::optional(found->second) : std::nullopt;
}

class Facts {
public:
    Facts(std::span<const Quote> quotes, const ExchangeRates& rates, std::int64_t now)
        : quotes_(quotes), rates_(rates), now_(now) {}

    const Quote* newest(Figure figure) const {
        const Quote* found = nullptr;
        for (const Quote& quote : quotes_) {
            const bool usable =
                quote.figure == figure && (!is_money(figure) || rate_of(quote.currency, rates_));
            if (usable && (found == nullptr || time_of(quote) > time_of(*found))) {
                found = &quote;
            }
        }
        return found;
    }

    /// In dollars, if it is money.
    std::optional<double> value(Figure figure) const {
        const Quote* const quote = newest(figure);
        if (quote == nullptr || !quote->value) {
            return std::nullopt;
        }
        return is_money(figure) ? *quote->value * rate_of(quote->currency, rates_).value_or(0)
                                : *quote->value;
    }

    std::optional<std::int64_t> time(Figure figure) const {
        const Quote* const quote = newest(figure);
        return quote == nullptr ? std::nullopt : std::optional(quote->seen_at);
    }

    /// What Discogs suggests for Very Good Plus, from all grades it suggests something for.
    std::optional<double> suggested() const {
        std::array<std::optional<double>, kGrades.size()> suggestions;
        for (std::size_t i = 0; i < suggestions.size(); ++i) {
            suggestions[i] =
                value(static_cast<Figure>(static_cast<std::size_t>(Figure::SuggestedMint) + i));
        }
        const auto base = base_of(suggestions);
        return base ? std::optional(price_at(*base, Grade::VeryGoodPlus)) : std::nullopt;
    }

    std::string left_out() const {
        for (const Quote& quote : quotes_) {
            if (is_money(quote.figure) && quote.value && !rate_of(quote.currency, rates_)) {
                return quote.currency;
            }
        }
        return {};
    }

private:
    std::int64_t time_of(const Quote& quote) const {
        return quote.seen_at > now_ ? -1 : quote.seen_at;
    }

    std::span<const Quote> quotes_;
    const ExchangeRates& rates_;
    std::int64_t now_;
};

} // namespace

AppraisalFacts facts_of(std::span<const Quote> quotes, const ExchangeRates& rates,
                        std::int64_t now) {
    const Facts known(quotes, rates, now);
    AppraisalFacts facts;
    facts.model.lowest = facts.rules.lowest = known.value(Figure::Lowest);
    facts.model.for_sale = facts.rules.for_sale = known.value(Figure::ForSale);
    facts.model.have = facts.rules.have = known.value(Figure::Have);
    facts.model.want = facts.rules.want = known.value(Figure::Want);
    facts.model.rating = known.value(Figure::Rating);
    facts.model.sold_median = facts.rules.sold_median = known.value(Figure::SoldMedian);
    facts.model.suggested = known.suggested();
    facts.rules.sold_low = known.value(Figure::SoldLow);
    facts.rules.sold_high = known.value(Figure::SoldHigh);
    facts.rules.versions = known.value(Figure::Versions);
    if (const auto last_sold = known.value(Figure::LastSold)) {
        facts.rules.days_since_sale =
            std::max(0.0, std::floor((static_cast<double>(now) - *last_sold) / kDay));
    }
    facts.blocked = known.value(Figure::Blocked).value_or(0) > 0;
    facts.price_seen_at = known.time(Figure::Lowest);
    facts.sold_seen_at = facts.model.sold_median ? known.time(Figure::SoldMedian) : std::nullopt;
    facts.left_out = known.left_out();
    return facts;
}

} // namespace spindle::market
