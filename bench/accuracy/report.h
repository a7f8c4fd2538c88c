// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "accuracy/indexing_cost.h"
#include "accuracy/measure.h"
#include "accuracy/summary.h"
#include "fingerprint/index.h"

namespace spindle::accuracy {

/// All that was measured in one run.
struct Report {
    std::vector<std::string> conditions; ///< machine, compiler, corpus, queries: one sentence each
    std::vector<LengthSummary> lengths;
    std::vector<IndexingCost> indexing;
    fingerprint::Index::Size index;
    double landmarks_per_second = 0;          ///< stored
    Memory memory;                            ///< at the end, the programme's own tables included
    std::vector<std::string> false_positives; ///< one line each
};

/// Tables for a person, in Markdown, the best peer's figure beside each of ours.
std::string markdown(const Report& report);

/// The same figures as one JSON object.
std::string json(const Report& report);

/// accuracy.png (share right by clip length, with intervals) and reliability.png.
Result<void> plot(const Report& report, const std::filesystem::path& folder);

} // namespace spindle::accuracy
