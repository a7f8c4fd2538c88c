// SPDX-License-Identifier: Apache-2.0
#include "market/csv_table.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "io/csv.h"
#include "io/table_text.h"

namespace spindle::market {
namespace {

/// A limit is the file's fault, not the row's.
Result<void> check(const io::CsvRow& row, const CsvLimits& limits) {
    if (row.cells.size() > limits.columns) {
        return fail(Code::BadInput, "line {}: more than {} cells", row.line, limits.columns);
    }
    if (std::any_of(row.cells.begin(), row.cells.end(),
                    [&](const std::string& cell) { return cell.size() > limits.cell; })) {
        return fail(Code::BadInput, "line {}: a cell of more than {} KB", row.line,
                    limits.cell >> 10U);
    }
    return {};
}

/// Why a row cannot be used under a header of `columns` cells; empty if it can.
std::string problem(const io::CsvRow& row, std::size_t columns) {
    return row.problem.empty() && row.cells.size() > columns
               ? fmt::format("has {} cells, the header {}", row.cells.size(), columns)
               : row.problem;
}

} // namespace

Result<CsvTable> read_csv(std::string_view bytes, const CsvLimits& limits) {
    if (bytes.size() > limits.bytes) {
        return fail(Code::BadInput, "more than {} MB", limits.bytes >> 20U);
    }
    SPINDLE_TRY(const io::TableText text, io::TableText::from_bytes(bytes));
    io::CsvReader reader(text.text(), text.delimiter());
    io::CsvRow row;
    if (!reader.next(row)) {
        return fail(Code::BadInput, "is empty; the first line should name the columns");
    }
    if (!row.problem.empty()) {
        return fail(Code::BadInput, "line {}: {}", row.line, row.problem);
    }
    SPINDLE_TRY_VOID(check(row, limits));
    CsvTable table;
    table.columns = std::move(row.cells);
    reader.expect_cells(table.columns.size());
    while (reader.next(row)) {
        SPINDLE_TRY_VOID(check(row, limits));
        if (row.problem.empty() && row.cells.size() == 1 && row.cells.front().empty()) {
            continue; // an empty line
        }
        if (table.rows.size() + table.skipped.size() >= limits.rows) {
            return fail(Code::BadInput, "line {}: more than {} rows", row.line, limits.rows);
        }
        if (std::string why = problem(row, table.columns.size()); !why.empty()) {
            table.skipped.push_back({row.line, std::move(why)});
            continue;
        }
        row.cells.resize(table.columns.size());
        table.rows.push_back(std::move(row.cells));
        table.lines.push_back(row.line);
    }
    return table;
}

} // namespace spindle::market
