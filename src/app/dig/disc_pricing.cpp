// SPDX-License-Identifier: Apache-2.0
#include "app/dig/disc_pricing.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "app/market/price.h"
#include "base/clock.h"

namespace spindle::app {
namespace {

const std::string kDollars = "USD"; // the model learned in them

/// Nothing for a disc without a name.
const Pressing* likeliest(const Disc& disc) {
    const bool named = disc.verdict == DiscVerdict::Known || disc.verdict == DiscVerdict::Maybe;
    return named && !disc.candidates.empty() ? &disc.candidates.front().pressings.front() : nullptr;
}

Buy buy_of(market::Advice advice) {
    switch (advice) {
    case market::Advice::Buy:
        return Buy::Yes;
    case market::Advice::Maybe:
        return Buy::Maybe;
    case market::Advice::Leave:
        break;
    }
    return Buy::No;
}

/// When anything of it was seen last; seconds since 1970 UTC.
std::int64_t newest(const PricedRelease& release) {
    std::int64_t time = 0;
    for (const market::Quote& quote : release.quotes) {
        time = quote.source == market::Source::Catalog ? time : std::max(time, quote.seen_at);
    }
    return time;
}

DiscWorth worth_of(const PricedRelease& release, const Pressing& pressing,
                   const market::AppraisalModel& model, const DiscPricingOptions& options,
                   std::int64_t now) {
    market::AppraisalFacts facts = market::facts_of(release.quotes, options.rates, now);
    market::AppraisalInputs& inputs = facts.model;
    if (const int year = release.about.year != 0 ? release.about.year : pressing.year; year != 0) {
        inputs.year = year;
    }
    inputs.country = release.about.country.empty() ? pressing.country : release.about.country;
    inputs.format = release.about.format.empty() ? pressing.format : release.about.format;
    market::Offer offer = options.offer;
    offer.blocked = facts.blocked;
    const market::Verdict verdict = market::judge(model.appraise(inputs), offer, options.costs);
    DiscWorth worth;
    worth.release = pressing.id;
    if (const auto rules = market::score_by_rules(facts.rules, options.rules);
        rules && !facts.blocked) {
        worth.rules = RulesWorth{rules->score, rules->is_good, {}};
        for (const market::RuleTerm& term : rules->terms) {
            worth.rules->terms.push_back({term.reason, term.effect});
        }
    }
    worth.lowest = inputs.lowest;
    worth.for_sale = inputs.for_sale;
    worth.have = inputs.have;
    worth.want = inputs.want;
    worth.seen_at = facts.price_seen_at.value_or(facts.sold_seen_at.value_or(newest(release)));
    worth.sold_seen_at = facts.sold_seen_at;
    worth.blocked = facts.blocked;
    worth.price = verdict.price;
    worth.low = verdict.low;
    worth.high = verdict.high;
    worth.margin = verdict.margin;
    worth.chance = verdict.chance;
    worth.buy = buy_of(verdict.advice);
    worth.why = verdict.why;
    for (const market::VerdictTerm& term : verdict.terms) {
        worth.terms.push_back({term.reason, term.dollars});
    }
    return worth;
}

} // namespace

std::string_view name_of(Buy buy) {
    switch (buy) {
    case Buy::Yes:
        return "buy";
    case Buy::Maybe:
        return "maybe";
    case Buy::No:
        break;
    }
    return "leave";
}

Result<void> mark_holdings(ScanReport& report, store::CollectionStore& collection) {
    for (Disc& disc : report.discs) {
        if (likeliest(disc) == nullptr) {
            continue;
        }
        for (const Pressing& pressing : disc.candidates.front().pressings) {
            SPINDLE_TRY(const auto holding, collection.holding(pressing.id));
            disc.owned += holding.copies;
            disc.wanted = disc.wanted || holding.wanted;
        }
    }
    return {};
}

Result<PricingTrouble> price_discs(ScanReport& report, store::MarketStore& store,
                                   const market::DiscogsClient& discogs,
                                   const market::AppraisalModel& model,
                                   const DiscPricingOptions& options, const ProgressSink& progress,
                                   const std::stop_token& stop) {
    const auto now = options.now ? options.now : system_seconds;
    std::multimap<ReleaseId, Disc*> discs; // of one release there may be several on a shelf
    std::vector<ReleaseId> releases;
    for (Disc& disc : report.discs) {
        if (const Pressing* pressing = likeliest(disc);
            pressing != nullptr && pressing->id.value < kFirstOwnRelease) {
            if (!discs.contains(pressing->id)) {
                releases.push_back(pressing->id);
            }
            discs.emplace(pressing->id, &disc);
        }
    }
    PricingTrouble trouble;
    const auto take = [&](const PricedRelease& release) {
        if (release.error && trouble.message.empty()) {
            trouble.message = release.error->message;
        }
        if (release.pricing == Pricing::Missing) {
            ++trouble.left;
        }
        const bool is_seen = std::any_of(
            release.quotes.begin(), release.quotes.end(),
            [](const market::Quote& quote) { return quote.source != market::Source::Catalog; });
        if (!is_seen) {
            return; // a page the owner saved is something, too
        }
        const auto [begin, end] = discs.equal_range(release.about.release);
        for (auto disc = begin; disc != end; ++disc) {
            disc->second->worth = worth_of(
                release, disc->second->candidates.front().pressings.front(), model, options, now());
            if (options.tell) {
                options.tell(*disc->second);
            }
        }
    };
    PriceOptions price;
    price.currency = kDollars;
    price.now = now;
    price.catalog = options.catalog;
    SPINDLE_TRY(const auto priced,
                price_releases(store, discogs, releases, price, take, progress, stop));
    if (priced.stopped_by) {
        trouble.message = priced.stopped_by->message;
    }
    return trouble;
}

} // namespace spindle::app
