// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace spindle::io {

/// One row of a CSV file: its cells, or why it has none.
struct CsvRow {
    std::size_t line = 0; ///< of the file, where the row begins; from 1
    std::vector<std::string> cells;
    std::string problem; ///< for a person; empty if the row is good
};

/// Reads CSV (RFC 4180): cells in quotes may hold delimiters, line ends and doubled quotes; lines
/// end in LF, CRLF or CR. Rows need not have equally many cells; empty lines are left out.
///
/// A bad row costs itself only: where a quote does not close as it should, what it opened is one
/// line, and reading goes on with the next. A cell that begins with a quote and goes on behind the
/// closing one on the same line (`"Heroes" (Live)`) is what hand-made tables mean by it: a cell
/// with quotes in it.
///
/// Hand-made tables do not double their quotes: `"Live\t7"\t` is two cells to whoever wrote it. So
/// where a cell in quotes goes over several lines, or never ends, the first line is also read as if
/// quotes meant nothing; that reading is right if it alone has as many cells as the header. (Of
/// 19,072 real rows 33 have a cell that begins with a quote, and one swallowed seven others.)
///
/// Pure; time is linear in the content, whatever is in it.
class CsvReader {
public:
    static constexpr std::size_t kLargestCell = 64UL << 10; ///< bytes
    static constexpr std::size_t kMostCells = 256;          ///< of a row

    /// @param content without byte order mark; must outlive the reader.
    /// @param delimiter ',' or '\t'.
    CsvReader(std::string_view content, char delimiter);

    /// Says how many cells a row should have, once the header is known.
    void expect_cells(std::size_t count) { expected_ = count; }

    /// The next row, good or bad. @return false at the end; `row` is left alone then.
    bool next(CsvRow& row);

private:
    enum class Cell { Good, Unclosed, TooLarge };

    Cell read_cell(std::string& cell);
    Cell quoted_cell(std::string& cell);
    Cell plain_cell(std::string& cell);
    bool at_line_end() const;
    void pass_line_end();
    void pass_line();
    bool read_cells(CsvRow& row);
    bool read_literally(CsvRow& row);

    std::string_view content_;
    char delimiter_;
    std::size_t expected_ = 0; // not known
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

/// One row as text, ending in CRLF; cells are in quotes where they must be, and where they begin or
/// end with a blank, which some readers drop.
std::string csv_row(const std::vector<std::string>& cells);

} // namespace spindle::io
