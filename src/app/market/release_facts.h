// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/release_id.h"
#include "base/result.h"
#include "market/appraisal_facts.h"
#include "store/market_store.h"

namespace spindle::app {

/// A release whose facts are asked for, and what is known of it elsewhere.
struct AskedRelease {
    ReleaseId release;
    std::string format; ///< where its description does not tell
    int year = 0;       ///< 0: not known
};

/// What is kept of a release, as the appraisal model wants it; nothing where no price is kept.
/// Errors are the store's.
Result<std::optional<market::AppraisalFacts>> facts_of_release(const AskedRelease& asked,
                                                               store::MarketStore& market,
                                                               const market::ExchangeRates& rates,
                                                               std::int64_t now);

} // namespace spindle::app
