// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "app/grade/grade_value.h"

namespace spindle::app {

/// What a grading comes to in money, and in which copy.
struct GradingWorth {
    GradedValue share;                  ///< of a Near Mint copy's price
    std::optional<GradedValue> dollars; ///< where the release's prices are known
};

} // namespace spindle::app
