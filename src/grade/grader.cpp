// SPDX-License-Identifier: Apache-2.0
#include "grade/grader.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "grade/gradable.h"
#include "grade/reasons.h"
#include "grade/remarks.h"

namespace spindle::grade {
namespace {

constexpr std::size_t kFair = 5;
constexpr std::size_t kVeryGoodPlus = 1;
constexpr double kLikely = 0.8;

/// What is better than a class becomes that class.
void at_best(std::size_t klass, std::array<double, kHeardGrades>& probabilities) {
    for (std::size_t i = 0; i < klass; ++i) {
        probabilities[klass] += probabilities[i];
        probabilities[i] = 0;
    }
}

} // namespace

std::array<double, kHeardGrades> gated(std::span<const double> probabilities, Evidence evidence,
                                       const DamageEstimate& damage) {
    std::array<double, kHeardGrades> gated{};
    std::ranges::copy(probabilities, gated.begin());
    const bool clicks_are_sure = evidence == Evidence::Copy;
    if ((clicks_are_sure && damage.clicks_per_minute >= kAudibleClicks) ||
        damage.off_centre_wow.value_or(0) >= kAudibleWow) {
        at_best(kVeryGoodPlus, gated);
    }
    if (damage.skips > 0) {
        at_best(kFair, gated);
    }
    return gated;
}

GradeReport grade_side(const SideEvidence& side, const GradeModels& models) {
    GradeReport report;
    report.model = models.name;
    report.damage = damage_in(side);
    report.evidence = evidence_of(side);
    report.remarks = remarks_on(side);
    if (auto why = why_not_gradable(side)) {
        report.because = std::move(*why);
        return report;
    }
    const GradeModel* const model = models.of(report.evidence);
    if (model == nullptr) {
        report.because =
            fmt::format("there is no model for what was heard ({})", name_of(report.evidence));
        return report;
    }
    const FaultSeverities faults = model->faults.severities(figures_in(side, report.evidence));
    report.probabilities =
        gated(model->grades.probabilities(features_of(faults)), report.evidence, report.damage);
    report.grade = grade_of_class(median_class(report.probabilities));
    report.graded = true;
    report.severity = 1;
    for (std::size_t i = 0; i < kHeardGrades; ++i) {
        report.severity += report.probabilities[i] * static_cast<double>(i);
    }
    const ClassRange range = likely_range(report.probabilities, kLikely);
    report.best = grade_of_class(range.first);
    report.worst = grade_of_class(range.last);
    report.low_confidence = report.evidence == Evidence::Music || range.last - range.first >= 2 ||
                            side.side.surface.programme.clipped_share > kClippedShare ||
                            is_shellac(side.side.motion.turns);
    if (auto doubt = doubt_on(side)) {
        report.low_confidence = true;
        report.remarks.push_back(std::move(*doubt));
    }
    if (report.evidence == Evidence::Music) {
        report.remarks.emplace_back(
            "there is no silent groove to measure: record from before the needle lands until after "
            "the run-out, and the grade will be surer");
    }
    if (report.grade == Grade::NearMint) {
        report.remarks.emplace_back("Mint cannot be told from Near Mint by sound");
    }
    report.reasons = reasons_for(model->grades, faults, report.damage);
    return report;
}

const GradeReport* worst_of(std::span<const GradeReport> sides) {
    const GradeReport* worst = nullptr;
    for (const GradeReport& side : sides) {
        if (side.graded && (worst == nullptr || side.severity > worst->severity)) {
            worst = &side;
        }
    }
    return worst;
}

} // namespace spindle::grade
