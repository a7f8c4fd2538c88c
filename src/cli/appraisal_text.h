// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "cli/json.h"
#include "market/appraisal_facts.h"
#include "market/appraisal_model.h"
#include "market/appraisal_rules.h"
#include "market/market_figures.h"
#include "market/price_verdict.h"

namespace spindle::cli {

/// An appraisal with all that was said about it; amounts in US dollars.
struct AppraisalReport {
    market::Appraisal appraisal;
    std::optional<market::RuleScore> rules; ///< nothing: no price is known
    market::Verdict verdict;
    Grade grade = Grade::VeryGoodPlus;
    double asking = 0;
    double rate = 1;                    ///< dollars for one unit of the owner's currency
    market::ReleaseDescription release; ///< 0: no certain one
    market::AppraisalFacts facts;       ///< what it was made of
    bool is_data_of_discogs = false;    ///< then their notice is shown
};

Json to_json(const AppraisalReport& report);
/// @param now for the age of what was seen, seconds since 1970 UTC
std::string as_text(const AppraisalReport& report, std::int64_t now);

} // namespace spindle::cli
