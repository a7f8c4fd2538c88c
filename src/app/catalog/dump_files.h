// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/catalog/dump_names.h"
#include "base/result.h"

namespace spindle::app {

/// A month's releases as they lie in the folder of dumps.
struct DumpFile {
    std::string name; ///< "discogs_20260701_releases.xml.gz", ".part" behind it while it is fetched
    Month month;
    std::uint64_t bytes = 0;
    bool complete = false; ///< it has its own name: all of it came, with the right sum
    bool has_sum = false;  ///< the checksum file of its day is beside it
    std::string masters{}; ///< name of the masters' file of its day, where that is there
};

/// What is there, newest first; nothing where there is no such folder. Other files do not count:
/// whoever may ask the server to import one of these can make it read nothing else.
std::vector<DumpFile> dumps_in(const std::filesystem::path& folder);

/// The complete one of that name. Code::NotFound, also for what is no name of a dump.
Result<DumpFile> find_dump(const std::filesystem::path& folder, std::string_view name);

/// What is free on the disk of a folder, which need not exist yet; nothing where it is not told.
std::optional<std::uint64_t> free_bytes(std::filesystem::path folder);

} // namespace spindle::app
