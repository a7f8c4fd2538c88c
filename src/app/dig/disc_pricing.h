// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "app/dig/scan_report.h"
#include "app/market/catalog_versions.h"
#include "base/progress.h"
#include "base/result.h"
#include "market/appraisal_facts.h"
#include "market/appraisal_model.h"
#include "market/appraisal_rules.h"
#include "market/discogs_client.h"
#include "market/price_verdict.h"
#include "store/collection_store.h"
#include "store/market_store.h"

namespace spindle::app {

/// Notes of each named disc whether the owner has it or looks for it: that pressing, or another of
/// the candidate's.
Result<void> mark_holdings(ScanReport& report, store::CollectionStore& collection);

/// By what discs are judged.
struct DiscPricingOptions {
    market::Offer offer; ///< `blocked` is found out
    market::VerdictOptions costs;
    market::RuleOptions rules;
    CatalogVersions catalog;               ///< for the rules, which look at the number of versions
    market::ExchangeRates rates;           ///< for pages saved in other currencies
    std::function<void(const Disc&)> tell; ///< told of each disc that has its price; may be empty
    std::function<std::int64_t()> now;     ///< seconds since 1970-01-01 UTC; nothing: the system's
};

struct PricingTrouble {
    std::string message; ///< empty: none
    std::size_t left = 0;
};

/// Prices the discs that have a name and says which are worth buying. Each is asked about once,
/// within Discogs' limit (55 a minute with a token); what was seen less than six hours ago is not
/// asked again. What pages the owner saved said of past sales counts, too. When the line or the
/// service fails, or `stop` is requested, the rest stays without a price, in the queue of
/// `spindle market price --queued`, and `trouble` says why.
/// Errors are those of the store. Progress step "pricing".
Result<PricingTrouble> price_discs(ScanReport& report, store::MarketStore& store,
                                   const market::DiscogsClient& discogs,
                                   const market::AppraisalModel& model,
                                   const DiscPricingOptions& options, const ProgressSink& progress,
                                   const std::stop_token& stop);

} // namespace spindle::app
