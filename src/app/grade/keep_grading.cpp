// SPDX-License-Identifier: Apache-2.0
#include "app/grade/keep_grading.h"

#include <algorithm>
#include <array>
#include <set>

namespace spindle::app {

Result<void> keep_grading(const GradedRecording& graded, const store::Copy& copy,
                          const std::string& side, const std::string& evidence, std::int64_t now_ms,
                          store::GradeStore& gradings) {
    store::StoredGrading kept;
    kept.graded = now_ms;
    std::error_code error;
    const auto absolute = std::filesystem::absolute(graded.recording, error);
    kept.recording = error ? graded.recording.string() : absolute.lexically_normal().string();
    kept.copy = copy.id;
    kept.release = copy.release;
    kept.side = side;
    kept.length = graded.measures.length();
    kept.grade = graded.report.grade;
    kept.severity = graded.report.severity;
    kept.probabilities = graded.report.probabilities;
    kept.evidence = evidence;
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
