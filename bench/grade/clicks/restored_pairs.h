// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "grade/clicks/click_count.h"

namespace spindle::click_trials {

/// A record as it is and as somebody restored it.
struct RestoredPair {
    std::string name;
    grade::ClickCount raw;
    grade::ClickCount restored;
};

/// Counts the clicks of NAME.raw.* and NAME.restored.* of a folder, in the order of names. Levels
/// are against the 95th percentile of the RMS in 400 ms of each: the restored may be louder.
Result<std::vector<RestoredPair>> count_pairs(const std::filesystem::path& folder);

std::string text_of(const std::vector<RestoredPair>& pairs);

} // namespace spindle::click_trials
