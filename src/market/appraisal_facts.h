// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "market/appraisal_model.h"
#include "market/appraisal_rules.h"
#include "market/quote.h"

namespace spindle::market {

/// What one unit of a currency (ISO 4217) is in US dollars. Dollars themselves need not be in it.
using ExchangeRates = std::map<std::string, double>;

/// What quotes tell the model and the rules, in dollars.
struct AppraisalFacts {
    AppraisalInputs model; ///< country, format and year are not in quotes
    RuleInputs rules;
    bool blocked = false;                      ///< Discogs does not let it be sold
    std::optional<std::int64_t> price_seen_at; ///< of the lowest price, also when it is "none"
    std::optional<std::int64_t> sold_seen_at;  ///< of the median of past sales
    std::string left_out; ///< a currency without a rate in which there were prices; empty: none
};

/// Of each figure the newest quote counts, whatever its source: prices that Discogs told and what
/// stood on a page the owner saved are the same figure, seen at two times. What past sales brought
/// is on pages only. A quote from after `now` counts as older than all others: its clock was wrong.
/// Prices in a currency without a rate are left out.
/// @param now seconds since 1970-01-01 UTC
AppraisalFacts facts_of(std::span<const Quote> quotes, const ExchangeRates& rates,
                        std::int64_t now);

} // namespace spindle::market
