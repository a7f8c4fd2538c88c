// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "market/collection_csv.h"
#include "store/collection_store.h"

namespace spindle::app {

/// What was taken in of a file.
struct CollectionImport {
    std::size_t rows = 0;  ///< that could be used
    std::size_t added = 0; ///< new copies or wants; they are sent at the next sync
    std::size_t changed = 0;
    std::size_t known = 0;                   ///< nothing new
    std::vector<market::SkippedRow> skipped; ///< could not be used
};

/// Takes in a collection as Discogs exports it (CSV). Of each release there are afterwards at least
/// as many copies as the file has rows; copies noted already are completed, never doubled, so the
/// same file may come twice. One transaction.
Result<CollectionImport> import_collection(std::string_view bytes, store::CollectionStore& store);

/// The same table for wants.
Result<CollectionImport> import_wants(std::string_view bytes, store::CollectionStore& store);

/// The collection, or the wants, as Discogs would export them.
Result<std::string> export_collection(store::CollectionStore& store);
Result<std::string> export_wants(store::CollectionStore& store);

} // namespace spindle::app
