// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace spindle::market {

/// A table of comma separated values with a header (RFC 4180), cells as UTF-8.
struct CsvTable {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows; ///< each with as many cells as there are columns
    std::vector<std::size_t> lines; ///< in which line of the file each row begins, from 1
};

struct CsvLimits {
    std::size_t bytes = 256U << 20U; ///< a collection of a million discs has 200 MB
    std::size_t columns = 100;       ///< an export has 13 and the owner's own fields
    std::size_t cell = 64U << 10U;   ///< bytes; a note may be long
    std::size_t rows = 2'000'000;
};

/// Reads a table: a byte order mark, CRLF or LF, quotes with commas, line feeds and doubled quotes
/// inside, a last line without an end. Bytes that are no UTF-8 are read as Windows-1252 (what
/// spreadsheets write). Short rows are filled with empty cells, empty lines skipped.
/// BadInput names the line: a quote that never ends, a row with more cells than the header, a
/// limit.
Result<CsvTable> read_csv(std::string_view bytes, const CsvLimits& limits = {});

/// One row as text, ending in CRLF; cells are quoted where they must be.
std::string csv_row(const std::vector<std::string>& cells);

} // namespace spindle::market
