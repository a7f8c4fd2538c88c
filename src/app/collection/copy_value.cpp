// SPDX-License-Identifier: Apache-2.0
#include "app/collection/copy_value.h"

#include <map>

#include "base/goldmine.h"
#include "market/price_ladder.h"
#include "market/price_verdict.h"

namespace spindle::app {
namespace {

/// Expected for a copy of the usual grade; nothing where no price was seen.
std::optional<double> expected(const store::LatestQuotes& known, const store::Copy& copy,
                               const market::ExchangeRates& rates,
                               const market::AppraisalModel& model, std::int64_t now) {
    market::AppraisalFacts facts = market::facts_of(known.quotes, rates, now);
    if (facts.blocked || (!facts.price_seen_at && !facts.sold_seen_at)) {
        return std::nullopt;
    }
    facts.model.format = known.about.format.empty() ? copy.format : known.about.format;
    facts.model.country = known.about.country;
    if (const int year = known.about.year != 0 ? known.about.year : copy.year; year != 0) {
        facts.model.year = year;
    }
    return model.appraise(facts.model).expected;
}

} // namespace

Result<std::vector<std::optional<double>>> values_of_copies(std::span<const store::Copy> copies,
                                                            store::MarketStore& market,
                                                            const market::ExchangeRates& rates,
                                                            const market::AppraisalModel& model,
                                                            std::int64_t now) {
    std::vector<ReleaseId> releases;
    for (const store::Copy& copy : copies) {
        releases.push_back(copy.release);
    }
    SPINDLE_TRY(const auto all, market.latest_of(releases, now));
    std::map<ReleaseId, const store::LatestQuotes*> known;
    for (const store::LatestQuotes& one : all) {
        known.emplace(one.about.release, &one);
    }
    constexpr Grade kUsual = market::VerdictOptions{}.usual_grade;
    std::vector<std::optional<double>> values(copies.size());
    for (std::size_t i = 0; i < copies.size(); ++i) {
        const auto found = known.find(copies[i].release);
        if (found == known.end()) {
            continue;
        }
        if (const auto price = expected(*found->second, copies[i], rates, model, now)) {
            values[i] =
                market::converted(*price, kUsual, grade_named(copies[i].media).value_or(kUsual));
        }
    }
    return values;
}

} // namespace spindle::app
