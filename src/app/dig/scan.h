// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "app/dig/scan_report.h"
#include "base/progress.h"
#include "base/result.h"
#include "catalog/matcher.h"

namespace spindle::app {

struct ScanOptions {
    std::vector<std::filesystem::path> photos;
    ShelfFormat format = ShelfFormat::Any;
    /// Chance of being right from which a disc counts as known (catalog::MatchOptions::certainty).
    double certainty = catalog::MatchOptions{}.certainty;
    unsigned threads = 0; ///< 0 = one per core
};

/// Finds, reads and names every disc in photos of a shelf. A photo that cannot be used is noted in
/// the report and the others go on; if none can be used, its error is returned. Stopped, what was
/// read until then is matched and returned (`interrupted`); Code::Cancelled if that is nothing.
///
/// Memory: one photo at a time (3 bytes a pixel) and the networks' some 300 MB.
/// Progress steps: "opening", "finding", "reading" for each photo, "matching".
Result<ScanReport> scan_photos(const std::filesystem::path& data_folder, const ScanOptions& options,
                               const ProgressSink& progress, const std::stop_token& stop);

} // namespace spindle::app
