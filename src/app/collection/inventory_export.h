// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/release_id.h"
#include "base/result.h"
#include "market/appraisal_facts.h"
#include "market/appraisal_model.h"
#include "market/price_ladder.h"
#include "market/price_verdict.h"
#include "store/collection_store.h"
#include "store/market_store.h"

namespace spindle::app {

/// What to ask for a copy, at its grade.
enum class AskingPolicy {
    Expected, ///< what such a copy is expected to sell for
    Quick,    ///< the lower end of the interval: nine of ten such discs sell for more
    Patient,  ///< the upper end: one of ten sells for as much
    Lowest,   ///< as little as the cheapest copy for sale now; where there is none, Expected
};
/// "expected", "quick", "patient", "lowest".
std::string_view name_of(AskingPolicy policy);
std::optional<AskingPolicy> asking_policy_named(std::string_view name);

struct InventoryOptions {
    AskingPolicy policy = AskingPolicy::Expected;
    std::optional<Grade> grade;   ///< of copies whose condition is not noted; none: left out
    double rate = 1;              ///< dollars for one unit of the seller's account's currency
    market::ExchangeRates rates;  ///< for prices seen in other currencies
    market::VerdictOptions costs; ///< for the grade the appraisal is for
    std::int64_t now = 0;         ///< seconds since 1970 UTC
};

/// A copy that is not in the table.
struct LeftOut {
    ReleaseId release;
    std::string why; ///< a sentence without a subject: "has no media condition; ..."
};

struct InventoryReport {
    std::string csv; ///< for Discogs' inventory upload ("add")
    std::size_t items = 0;
    std::size_t outdated = 0;         ///< of them, priced by what was seen six hours ago or earlier
    std::vector<LeftOut> left_out;    ///< in the order of the collection
    std::vector<ReleaseId> not_known; ///< of those, releases nothing is known of; each once
};

/// The owner's copies as Discogs' inventory upload takes them, each with a price made of what is
/// kept of its release (nobody is asked) and its media condition. Notes stay at home: they are the
/// owner's. Errors are those of the stores.
Result<InventoryReport> export_inventory(store::CollectionStore& collection,
                                         store::MarketStore& market,
                                         const market::AppraisalModel& model,
                                         const InventoryOptions& options);

} // namespace spindle::app
