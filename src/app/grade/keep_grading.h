// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "app/grade/grade_recording.h"
#include "base/result.h"
#include "store/collection_store.h"
#include "store/grade_store.h"

namespace spindle::app {

/// Keeps a grading of a side of a copy, with its evidence.
Result<void> keep_grading(const GradedRecording& graded, const store::Copy& copy,
                          const std::string& side, std::int64_t now_ms,
                          store::GradeStore& gradings);

/// A report as it is kept, as yet of no copy, record or side.
store::StoredGrading stored_grading(const grade::SideMeasures& side,
                                    const grade::GradeReport& report,
                                    const std::optional<grade::CopyFigures>& copy,
                                    std::int64_t now_ms);

/// Notes a copy's media condition: that of the worst of its sides, each as it was last graded.
/// @return what was noted; Code::NotFound where nothing was graded.
Result<Grade> note_condition(const store::Copy& copy, store::CollectionStore& collection,
                             store::GradeStore& gradings);

} // namespace spindle::app
