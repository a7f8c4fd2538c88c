// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>

#include "app/catalog/import.h"
#include "app/catalog/import_source.h"

namespace spindle::app {

/// Adds a list of releases to those the owner added before. See import_catalog.
Result<ImportReport> import_list(const std::filesystem::path& catalog_folder, ImportSource source,
                                 const ImportOptions& options, const ProgressSink& progress,
                                 const std::stop_token& stop);

} // namespace spindle::app
