// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/grade/grade_recording.h"
#include "app/grade/grade_value.h"
#include "cli/json.h"

namespace spindle::cli {

/// What a grading comes to in money, and in which copy.
struct GradingWorth {
    app::GradedValue share;                  ///< of a Near Mint copy's price
    std::optional<app::GradedValue> dollars; ///< where the release's prices are known
};

/// Several lines: grade, range and reasons.
std::string as_text(const app::GradedRecording& graded, const GradingWorth& worth);

/// One object; keys are explained in docs/grading.md.
Json to_json(const app::GradedRecording& graded, const GradingWorth& worth);

} // namespace spindle::cli
