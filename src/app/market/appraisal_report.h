// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "market/appraisal_facts.h"
#include "market/appraisal_model.h"
#include "market/appraisal_rules.h"
#include "market/market_figures.h"
#include "market/price_verdict.h"

namespace spindle::app {

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

} // namespace spindle::app
