// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>
#include <string_view>

#include "app/catalog/import.h"
#include "app/catalog/import_source.h"

namespace spindle::app {

/// Could this be how a list begins? Looks at the head of a file only. Code::BadInput says what was
/// looked for.
Result<void> check_list_head(std::string_view head);

/// Adds a list of releases to those the owner added before. See import_catalog.
Result<ImportReport> import_list(const std::filesystem::path& catalog_folder, ImportSource source,
                                 const ImportOptions& options, const ProgressSink& progress,
                                 const std::stop_token& stop);

} // namespace spindle::app
