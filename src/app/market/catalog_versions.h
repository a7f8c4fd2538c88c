// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "base/release_id.h"
#include "catalog/catalog_file.h"
#include "market/quote.h"

namespace spindle::app {

/// How many versions a record has, counted in the dump the catalog was imported from: nobody need
/// be asked. Lists of the owner's own tell nothing of versions. Thread-safe.
class CatalogVersions {
public:
    /// Never fails: without a catalog, or with a damaged one, it knows nothing.
    static CatalogVersions open(const std::filesystem::path& data_folder);

    /// Figure::Versions from Source::Catalog, as old as the import; nothing for a release the
    /// catalog does not have, or that has no master.
    std::optional<market::Quote> of(ReleaseId release) const;

private:
    std::shared_ptr<const catalog::CatalogFile> file_; ///< nullptr: none
    std::int64_t imported_at_ = 0;                     ///< seconds since 1970 UTC
};

} // namespace spindle::app
