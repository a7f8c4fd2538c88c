// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "catalog/dump/quirks.h"
#include "catalog/dump/record_splitter.h"

namespace spindle::app {

/// Was the file compared with a published SHA-256?
enum class Checksum { NotKnown, Right };

enum class ImportKind { Dump, List };

/// A line of a list that could not be taken, and why.
struct RowTrouble {
    std::uint64_t row = 0; ///< counted from 1, the header included
    std::string message;
};

/// What an import did.
struct ImportReport {
    ImportKind kind = ImportKind::Dump;
    std::string source;         ///< file, URL or "standard input"
    std::filesystem::path file; ///< the catalog file that was written
    std::uint64_t file_bytes = 0;
    std::uint64_t taken = 0;         ///< releases now in that file
    std::uint64_t added = 0;         ///< of a list: releases that were not in the file before
    std::uint64_t other_formats = 0; ///< left out by --formats
    std::uint64_t repeated = 0;      ///< of a dump: with the number of one before; kept
    std::uint64_t groups = 0;
    Checksum checksum = Checksum::NotKnown;
    catalog::SplitCounts split;
    catalog::Quirks quirks;
    std::vector<RowTrouble> rows;             ///< of a list, the first few
    std::uint64_t bad_rows = 0;               ///< of a list, all
    std::vector<std::string> ignored_columns; ///< of a list
    std::vector<std::string> warnings;
    std::uint64_t text_bytes = 0; ///< unpacked
    Seconds reading{0}, ordering{0}, indexing{0};

    /// Did something of the source not get in that should have?
    bool incomplete() const;
};

} // namespace spindle::app
