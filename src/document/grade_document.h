// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/grade/grade_recording.h"
#include "app/grade/grading_worth.h"
#include "document/json.h"
#include "store/grading.h"

namespace spindle::document {

/// One object; keys are explained in docs/grading.md.
Json to_json(const app::GradedRecording& graded, const app::GradingWorth& worth);

/// What each grade allows (grade/definition.h): {"figures":[{"figure","counted","weight",
/// "ranges":[{"grade","middle","best","worst"}]}],"limits":[{"figure","from","at_best"}]}.
Json grade_definition();

/// A grading that was kept, with its evidence.
Json to_json(const store::StoredGrading& grading);

} // namespace spindle::document
