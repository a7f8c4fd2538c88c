// SPDX-License-Identifier: Apache-2.0
#include "app/grade/grading_worth.h"

#include "base/clock.h"
#include "inference/places.h"
#include "market/price_verdict.h"

namespace spindle::app {
namespace {

std::optional<GradedValue> nothing() {
    return std::nullopt;
}

/// What the release sells for, where prices are kept.
Result<std::optional<GradedValue>> dollars_for(const grade::GradeReport& report,
                                               const AskedRelease& asked,
                                               const std::function<Result<Settings>()>& settings,
                                               const std::filesystem::path& data_folder,
                                               const Backends& backends) {
    if (asked.release.value == 0) {
        return nothing();
    }
    const auto prices = backends.open_market(data_folder, store::Access::Read);
    if (!prices) {
        return nothing(); // no price was ever asked for
    }
    SPINDLE_TRY(const auto set, settings());
    SPINDLE_TRY(const auto facts, facts_of_release(asked, **prices, set.rates, system_seconds()));
    if (!facts) {
        return nothing();
    }
    SPINDLE_TRY(const auto file, inference::model_file("appraisal.json"));
    SPINDLE_TRY(const auto model, market::AppraisalModel::open(file));
    return std::optional(
        value_of(report, model.appraise(facts->model), market::VerdictOptions{}.usual_grade));
}

} // namespace

Result<GradingWorth> worth_of(const grade::GradeReport& report, const AskedRelease& asked,
                              const std::function<Result<Settings>()>& settings,
                              const std::filesystem::path& data_folder, const Backends& backends) {
    GradingWorth worth;
    if (report.graded) {
        worth.share = value_of(report);
        SPINDLE_TRY(worth.dollars, dollars_for(report, asked, settings, data_folder, backends));
    }
    return worth;
}

} // namespace spindle::app
