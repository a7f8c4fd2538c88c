// SPDX-License-Identifier: Apache-2.0
#include "app/market/release_facts.h"

#include <utility>

namespace spindle::app {

Result<std::optional<market::AppraisalFacts>> facts_of_release(const AskedRelease& asked,
                                                               store::MarketStore& market,
                                                               const market::ExchangeRates& rates,
                                                               std::int64_t now) {
    SPINDLE_TRY(const auto quotes, market.latest(asked.release, now));
    if (quotes.empty()) {
        return std::optional<market::AppraisalFacts>();
    }
    SPINDLE_TRY(const auto about, market.description(asked.release));
    market::AppraisalFacts facts = market::facts_of(quotes, rates, now);
    facts.model.format = about && !about->format.empty() ? about->format : asked.format;
    facts.model.country = about ? about->country : std::string();
    if (const int year = about && about->year != 0 ? about->year : asked.year; year != 0) {
        facts.model.year = year;
    }
    return std::optional(std::move(facts));
}

} // namespace spindle::app
