// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/backends.h"
#include "base/progress.h"

namespace spindle::app {

struct RemoveOptions {
    std::vector<std::string> names; ///< track numbers, records ("R3"), files, folders
    bool missing = false;           ///< all files that were gone when last looked for
};

struct RemoveReport {
    std::vector<std::string> files;     ///< paths forgotten; the files themselves are never touched
    std::vector<std::string> vinyl;     ///< enrolled tracks forgotten: they had no file
    std::vector<TrackId> tracks;        ///< tracks that had no other file
    std::vector<std::string> roots;     ///< folders no longer looked at
    std::vector<std::string> not_found; ///< names that are nothing in the library
    std::vector<std::string> warnings;
};

/// Makes the library forget files and the tracks that had no others. Files on disks stay.
Result<RemoveReport> remove_from_library(const Backends& backends,
                                         const std::filesystem::path& data_folder,
                                         const RemoveOptions& options,
                                         const ProgressSink& progress);

} // namespace spindle::app
