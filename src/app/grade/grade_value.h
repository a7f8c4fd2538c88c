// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "grade/grader.h"
#include "market/appraisal_model.h"

namespace spindle::app {

/// What a grade makes of a price.
struct GradedValue {
    double expected = 0;      ///< mean over the grades it may have, weighted by their probability
    double low = 0, high = 0; ///< at the worst and the best grade that is likely
    double at_near_mint = 0;  ///< what a Near Mint copy would bring
};

/// As shares of the price of a Near Mint copy, by the ladder Discogs suggests prices by
/// (market/price_ladder.h). A grade one step off would be wrong by a third; this is why it is a
/// mean and a range.
GradedValue value_of(const grade::GradeReport& report);

/// In dollars, from the appraisal of a copy of `usual` grade.
GradedValue value_of(const grade::GradeReport& report, const market::Appraisal& appraisal,
                     Grade usual);

} // namespace spindle::app
