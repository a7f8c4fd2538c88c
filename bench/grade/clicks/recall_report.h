// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "grade/clicks/recall.h"

namespace spindle::click_trials {

struct DetectorRecall {
    std::string name;
    std::vector<Recall> recalls; ///< one for each rate of false alarms
};

struct RecallReport {
    std::string set;
    std::size_t scenes = 0, packages = 0, clicks = 0, recorded = 0;
    double minutes = 0;
    std::vector<DetectorRecall> detectors;
};

std::string text_of(const RecallReport& report);
std::string json_of(const RecallReport& report);
/// Recall against level at one false alarm a minute, ".png" or ".svg".
Result<void> plot(const RecallReport& report, const std::filesystem::path& file);
/// Precision against level at the same thresholds, of the rules that know peaks.
Result<void> plot_precision(const RecallReport& report, const std::filesystem::path& file);

} // namespace spindle::click_trials
