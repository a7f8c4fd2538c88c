// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalog/dump/quirks.h"
#include "catalog/dump/table_columns.h"
#include "catalog/release.h"

namespace spindle::catalog {

/// A row that could not be read.
struct TableProblem {
    std::size_t line = 0; ///< of the file, where the row begins; from 1, which is the header's
    std::string what;     ///< "release_id is no number: 12a"
};

/// What a table of releases holds.
struct ReleaseTable {
    static constexpr std::size_t kMostProblems = 1'000; ///< kept; more are counted only

    TableKind kind = TableKind::Plain;
    std::vector<Release> releases;            ///< each id once
    std::vector<TableProblem> problems;       ///< at most kMostProblems
    std::uint64_t bad_rows = 0;               ///< all of them
    std::uint64_t repeated = 0;               ///< rows of a release that was there already
    std::vector<std::string> ignored_columns; ///< that nothing was read from, as written
    Quirks quirks;                            ///< odd values; they cost no row
};

/// Reads a table of releases: CSV or, if there is a tab in the first line, tab-separated; UTF-8,
/// UTF-16 with a byte order mark, or else (line by line) Latin-1. The first row names the columns:
/// see TableColumns for which, and for the kinds of tables that are told apart by them.
///
/// A cell may hold several labels and catalog numbers (barcodes and artists too in a plain table).
/// As many numbers as labels belong to them in order. One number belongs to all labels; otherwise
/// the labels are one name with the separator in it, which has all the numbers.
///
/// Rows without a release_id (empty or 0) get a number of their own, the same each time: see
/// OwnIds. A row that names neither artist, title nor catalog number is a problem, as is one whose
/// release_id is no number from 1 to kFirstOwnRelease - 1. Trailing cells may be missing; filled
/// cells past the last column are a problem, because a comma too much has moved all the others.
///
/// @param content the whole file. Memory is a few times its size.
/// @return BadInput if it is empty, no text, or has no header that is understood; the message says
///         what was looked for, and is to be put behind the file's name (Error::within).
Result<ReleaseTable> read_table(std::string_view content);

} // namespace spindle::catalog
