// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "app/backends.h"
#include "app/grade/grade_value.h"
#include "app/market/release_facts.h"
#include "app/settings/settings.h"
#include "base/result.h"

namespace spindle::app {

/// What a grading comes to in money, and in which copy.
struct GradingWorth {
    GradedValue share;                  ///< of a Near Mint copy's price
    std::optional<GradedValue> dollars; ///< where the release's prices are known
};

/// What a graded side tells of a copy's worth. Dollars only where prices of the release are kept.
/// Errors are those of the settings, the model and the store.
/// @param settings asked only where there are prices
Result<GradingWorth> worth_of(const grade::GradeReport& report, const AskedRelease& asked,
                              const std::function<Result<Settings>()>& settings,
                              const std::filesystem::path& data_folder, const Backends& backends);

} // namespace spindle::app
