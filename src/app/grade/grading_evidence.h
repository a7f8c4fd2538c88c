// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "grade/copy_figures.h"
#include "grade/grader.h"

namespace spindle::app {

/// What a grading rests on, as it is kept with it: an object of JSON with what was measured, the
/// reasons, the remarks, the model's name, and what the copy told where there was one.
std::string evidence_text(const grade::SideMeasures& side, const grade::GradeReport& report,
                          const std::optional<grade::CopyFigures>& copy = {});

} // namespace spindle::app
