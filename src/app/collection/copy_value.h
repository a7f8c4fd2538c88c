// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "market/appraisal_facts.h"
#include "store/collection.h"
#include "store/market_store.h"

namespace spindle::app {

/// What each copy would sell for at its grade in dollars, in their order: the appraisal from the
/// latest prices kept, as spindle market appraise tells it for a copy of the usual grade, put to
/// the grade of this medium (market/price_ladder.h). One without a grade counts as of the usual
/// one. Nothing where no price of the release was ever seen, or where it may not be sold. Two
/// queries, whatever the number of copies. Errors are the store's.
/// @param now seconds since 1970 UTC
Result<std::vector<std::optional<double>>> values_of_copies(std::span<const store::Copy> copies,
                                                            store::MarketStore& market,
                                                            const market::ExchangeRates& rates,
                                                            const market::AppraisalModel& model,
                                                            std::int64_t now);

} // namespace spindle::app
