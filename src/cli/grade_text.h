// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/grade/grade_recording.h"
#include "app/grade/grading_worth.h"

namespace spindle::cli {

/// Several lines: grade, range and reasons.
std::string as_text(const app::GradedRecording& graded, const app::GradingWorth& worth);

} // namespace spindle::cli
