// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/dig/photo_reading.h"
#include "app/dig/scan_report.h"
#include "base/progress.h"
#include "base/result.h"
#include "catalog/catalog.h"
#include "catalog/matcher.h"

namespace spindle::app {

/// The catalog of a data folder as a scan needs it; none is no error, a scan still reads.
class ScanCatalog {
public:
    /// Never fails: what is wrong (none imported, damaged) is in `trouble`.
    static ScanCatalog open(const std::filesystem::path& data_folder, ShelfFormat format,
                            double certainty);

    const catalog::Matcher* matcher() const { return matcher_.get(); } ///< nullptr: no catalog
    std::optional<std::uint64_t> releases() const;
    double certainty() const { return certainty_; } ///< from which a disc is known
    const std::string& trouble() const { return trouble_; }

private:
    std::unique_ptr<catalog::Catalog> catalog_; // the matcher refers to it
    std::unique_ptr<catalog::Matcher> matcher_;
    std::string trouble_;
    double certainty_ = 1;
};

/// From read photos to discs and what they are: merging, matching, asking neighbours. What
/// scan_photos() does after reading, for who has read photos already. Code::BadInput for a damaged
/// catalog.
Result<void> name_discs(const ScanCatalog& catalog, std::vector<PhotoReading> readings,
                        unsigned threads, const ProgressSink& progress, ScanReport& report);

} // namespace spindle::app
