// SPDX-License-Identifier: Apache-2.0
#include "app/grade/grade_value.h"

#include "market/price_ladder.h"

namespace spindle::app {
namespace {

GradedValue scaled(const grade::GradeReport& report, double at_near_mint) {
    const auto at = [at_near_mint](Grade grade) {
        return market::converted(at_near_mint, Grade::NearMint, grade);
    };
    GradedValue value{.expected = 0,
                      .low = at(report.worst),
                      .high = at(report.best),
                      .at_near_mint = at_near_mint};
    for (std::size_t i = 0; i < grade::kHeardGrades; ++i) {
        value.expected += report.probabilities[i] * at(grade::grade_of_class(i));
    }
    return value;
}

} // namespace

GradedValue value_of(const grade::GradeReport& report) {
    return scaled(report, 1);
}

GradedValue value_of(const grade::GradeReport& report, const market::Appraisal& appraisal,
                     Grade usual) {
    return scaled(report, market::converted(appraisal.expected, usual, Grade::NearMint));
}

} // namespace spindle::app
