// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "accuracy/statistics.h"
#include "accuracy/trial.h"

namespace spindle::accuracy {

struct Outcome {
    Share right; ///< answered, and rightly
    Share found; ///< the best candidate is right, answered or not
    Share wrong; ///< answered, but wrongly
};

/// Errors of the right answers (those by a repeat left out), absolute.
struct Errors {
    double position_median_ms = 0;
    double position_p95_ms = 0;
    double position_p99_ms = 0;
    Share within_50_ms;
    double speed_median = 0; ///< per cent
    double speed_p95 = 0;
    Share within_a_twentieth_percent;
};

struct Cost {
    double extract_ms = 0; ///< processor time a clip, mean
    double search_ms = 0;
    double search_p95_ms = 0;
};

/// Clips whose stated confidence lies in one tenth of 0..1.
struct ReliabilityBin {
    double stated = 0; ///< mean of what was stated
    Share right;       ///< what came true
};

/// All clips of one length.
struct LengthSummary {
    int length = 0;
    std::map<std::string, Outcome> conditions;
    Outcome all;
    std::size_t by_repeat = 0;
    Share unknown_named;  ///< clips of unknown music for which another recording is named
    Share unknown_repeat; ///< ... for which a track is named that holds the same recording
    Share noise_named;
    std::map<std::string, Share> noise; ///< the same by kind
    Errors errors;
    std::map<std::string, Errors> errors_by_condition;
    Cost cost;
    std::array<ReliabilityBin, 10> reliability;
};

/// One summary a length, shortest first.
std::vector<LengthSummary> summarise(std::span<const Trial> trials);

} // namespace spindle::accuracy
