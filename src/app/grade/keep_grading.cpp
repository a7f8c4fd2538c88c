// SPDX-License-Identifier: Apache-2.0
#include "app/grade/keep_grading.h"

#include <algorithm>
#include <array>
#include <set>

#include "app/grade/grading_evidence.h"

namespace spindle::app {

store::StoredGrading stored_grading(const grade::SideMeasures& side,
                                    const grade::GradeReport& report,
                                    const std::optional<grade::CopyFigures>& copy,
                                    std::int64_t now_ms) {
    store::StoredGrading kept;
    kept.graded = now_ms;
    kept.length = side.length();
    kept.grade = report.grade;
    kept.severity = report.severity;
    kept.probabilities = report.probabilities;
    kept.evidence = evidence_text(side, report, copy);
    return kept;
}

Result<void> keep_grading(const GradedRecording& graded, const store::Copy& copy,
                          const std::string& side, std::int64_t now_ms,
                          store::GradeStore& gradings) {
    store::StoredGrading kept = stored_grading(graded.measures, graded.report, graded.copy, now_ms);
    std::error_code error;
    const auto absolute = std::filesystem::absolute(graded.recording, error);
    kept.recording = error ? graded.recording.string() : absolute.lexically_normal().string();
    kept.copy = copy.id;
    kept.release = copy.release;
    kept.side = side;
    SPINDLE_TRY([[maybe_unused]] const auto id, gradings.add(kept));
    return {};
}

Result<Grade> note_condition(const store::Copy& copy, store::CollectionStore& collection,
                             store::GradeStore& gradings) {
    store::GradingFilter filter;
    filter.copy = copy.id;
    SPINDLE_TRY(const auto all, gradings.gradings(filter));
    if (all.empty()) {
        return fail(Code::NotFound, "copy {} was not graded yet", copy.id.value);
    }
    std::set<std::string> seen;
    Grade worst = Grade::Mint;
    for (const store::StoredGrading& grading : all) { // newest first
        if (seen.insert(grading.side).second) {
            worst = std::max(worst, grading.grade);
        }
    }
    store::Copy changed = copy;
    changed.media = std::string(full_name(worst));
    SPINDLE_TRY_VOID(collection.update(std::array{changed}));
    return worst;
}

} // namespace spindle::app
