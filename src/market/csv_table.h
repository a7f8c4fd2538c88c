// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace spindle::market {

/// A row of a file that could not be used.
struct SkippedRow {
    std::size_t line = 0; ///< of the file, from 1
    std::string why;
};

/// A table of comma or tab separated values with a header (RFC 4180), cells as UTF-8.
struct CsvTable {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows; ///< each with as many cells as there are columns
    std::vector<std::size_t> lines; ///< in which line of the file each row begins, from 1
    std::vector<SkippedRow> skipped;
};

struct CsvLimits {
    std::size_t bytes = 256U << 20U; ///< a collection of a million discs has 200 MB
    std::size_t columns = 100;       ///< an export has 13 and the owner's own fields
    std::size_t cell = 64U << 10U;   ///< bytes; a note may be long. Not more than io::CsvReader's
    std::size_t rows = 2'000'000;
};

/// Reads a table whole, within limits: io::CsvReader over io::TableText.
/// Short rows are filled with empty cells, empty lines left out. A row with a quote that never
/// ends or with more cells than the header costs itself only: it is in `skipped`.
/// BadInput, naming the line: nothing in it, no text, a header of that kind, a limit.
Result<CsvTable> read_csv(std::string_view bytes, const CsvLimits& limits = {});

} // namespace spindle::market
