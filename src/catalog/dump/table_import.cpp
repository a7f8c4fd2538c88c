// SPDX-License-Identifier: Apache-2.0
#include "catalog/dump/table_import.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "catalog/dump/own_ids.h"
#include "catalog/dump/table_row.h"
#include "io/csv.h"
#include "io/table_text.h"

namespace spindle::catalog {
namespace {

class Import {
public:
    Import(ReleaseTable& table, const TableColumns& columns) : table_(table), columns_(columns) {}

    void row(const io::CsvRow& row) {
        if (!row.problem.empty()) {
            problem(row.line, row.problem);
            return;
        }
        if (std::all_of(row.cells.begin(), row.cells.end(),
                        [](const std::string& cell) { return text::trimmed(cell).empty(); })) {
            return; // spreadsheets leave such rows behind
        }
        auto release = read_row(row.cells, columns_, table_.quirks);
        if (!release) {
            problem(row.line, std::move(release.error().message));
            return;
        }
        add(std::move(*release));
    }

private:
    void add(Release release) {
        bool repeated = false;
        if (release.id.value == 0) {
            const OwnIds::Given given = own_ids_.give(release);
            release.id = given.id;
            repeated = given.repeated;
        } else {
            repeated = !seen_.insert(release.id.value).second;
        }
        if (repeated) {
            ++table_.repeated;
        } else {
            table_.releases.push_back(std::move(release));
        }
    }

    void problem(std::size_t line, std::string what) {
        ++table_.bad_rows;
        if (table_.problems.size() < ReleaseTable::kMostProblems) {
            table_.problems.push_back({line, std::move(what)});
        }
    }

    ReleaseTable& table_;
    const TableColumns& columns_;
    OwnIds own_ids_;
    std::unordered_set<std::uint32_t> seen_;
};

} // namespace

Result<ReleaseTable> read_table(std::string_view content) {
    SPINDLE_TRY(const io::TableText text, io::TableText::from_bytes(content));
    io::CsvReader reader(text.text(), text.delimiter());
    io::CsvRow row;
    if (!reader.next(row)) {
        return fail(Code::BadInput, "is empty");
    }
    if (!row.problem.empty()) {
        return fail(Code::BadInput, "is no table of releases: in the first row {}", row.problem);
    }
    SPINDLE_TRY(const TableColumns columns, TableColumns::from_header(row.cells));
    reader.expect_cells(columns.count());
    ReleaseTable table;
    table.kind = columns.kind();
    table.ignored_columns = columns.ignored();
    Import import(table, columns);
    while (reader.next(row)) {
        import.row(row);
    }
    return table;
}

} // namespace spindle::catalog
