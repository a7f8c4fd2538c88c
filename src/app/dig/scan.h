// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/dig/photo_reading.h"
#include "app/dig/scan_report.h"
#include "base/progress.h"
#include "base/result.h"
#include "catalog/catalog.h"
#include "catalog/matcher.h"

namespace spindle::app {

struct ScanOptions {
    std::vector<std::filesystem::path> photos;
    ShelfFormat format = ShelfFormat::Any;
    /// Chance of being right from which a disc counts as known (catalog::MatchOptions::certainty).
    double certainty = catalog::MatchOptions{}.certainty;
    unsigned threads = 0; ///< 0 = one per core
};

/// The catalog of a data folder as a scan needs it; none is no error, a scan still reads.
class ScanCatalog {
public:
    /// Never fails: what is wrong (none imported, damaged) is in `trouble`.
    static ScanCatalog open(const std::filesystem::path& data_folder, ShelfFormat format,
                            double certainty);

    const catalog::Matcher* matcher() const { return matcher_.get(); } ///< nullptr: no catalog
    std::optional<std::uint64_t> releases() const;
    const std::string& trouble() const { return trouble_; }

private:
    std::unique_ptr<catalog::Catalog> catalog_; // the matcher refers to it
    std::unique_ptr<catalog::Matcher> matcher_;
    std::string trouble_;
};

/// From read photos to discs and what they are: merging, matching. What scan_photos() does after
/// reading, for who has read photos already. Code::BadInput for a damaged catalog.
Result<void> name_discs(const ScanCatalog& catalog, std::vector<PhotoReading> readings,
                        unsigned threads, const ProgressSink& progress, ScanReport& report);

/// Finds, reads and names every disc in photos of a shelf. A photo that cannot be used is noted in
/// the report and the others go on; if none can be used, its error is returned. Stopped, what was
/// read until then is matched and returned (`interrupted`); Code::Cancelled if that is nothing.
///
/// Memory: one photo at a time (3 bytes a pixel) and the networks' some 300 MB.
/// Progress steps: "opening", "finding", "reading" for each photo, "matching".
Result<ScanReport> scan_photos(const std::filesystem::path& data_folder, const ScanOptions& options,
                               const ProgressSink& progress, const std::stop_token& stop);

} // namespace spindle::app
