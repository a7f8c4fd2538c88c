// SPDX-License-Identifier: Apache-2.0
#include "market/csv_table.h"

#include <algorithm>

#include "base/text.h"

namespace spindle::market {
namespace {

class Reader {
public:
    Reader(std::string_view bytes, const CsvLimits& limits) : rest_(bytes), limits_(limits) {}

    Result<CsvTable> read() {
        while (!rest_.empty()) {
            const std::size_t begun = line_;
            SPINDLE_TRY(std::vector<std::string> row, read_row());
            if (row.size() == 1 && row.front().empty()) {
                continue; // an empty line
            }
            if (table_.columns.empty()) {
                table_.columns = std::move(row);
                continue;
            }
            if (row.size() > table_.columns.size()) {
                return fail(Code::BadInput, "line {}: has {} cells, the header {}", begun,
                            row.size(), table_.columns.size());
            }
            if (table_.rows.size() >= limits_.rows) {
                return fail(Code::BadInput, "line {}: more than {} rows", begun, limits_.rows);
            }
            row.resize(table_.columns.size());
            table_.rows.push_back(std::move(row));
            table_.lines.push_back(begun);
        }
        if (table_.columns.empty()) {
            return fail(Code::BadInput, "is empty; the first line should name the columns");
        }
        return std::move(table_);
    }

private:
    Result<std::vector<std::string>> read_row() {
        std::vector<std::string> row;
        while (true) {
            if (row.size() >= limits_.columns) {
                return fail(Code::BadInput, "line {}: more than {} cells", line_, limits_.columns);
            }
            SPINDLE_TRY(std::string cell, rest_.starts_with('"') ? quoted() : bare());
            row.push_back(std::move(cell));
            if (rest_.starts_with(',')) {
                rest_.remove_prefix(1);
                continue;
            }
            end_line();
            return row;
        }
    }

    void end_line() {
        if (rest_.starts_with("\r\n")) {
            rest_.remove_prefix(2);
        } else if (!rest_.empty()) {
            rest_.remove_prefix(1);
        }
        ++line_;
    }

    Result<std::string> bare() {
        const auto size = std::min(rest_.find_first_of(",\r\n"), rest_.size());
        SPINDLE_TRY_VOID(check(size));
        std::string cell(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return cell;
    }

    Result<std::string> quoted() {
        const std::size_t begun = line_;
        std::string cell;
        rest_.remove_prefix(1);
        while (true) {
            const auto size = rest_.find('"');
            if (size == std::string_view::npos) {
                return fail(Code::BadInput, "line {}: a quote begins here and never ends", begun);
            }
            SPINDLE_TRY_VOID(check(cell.size() + size));
            const std::string_view part = rest_.substr(0, size);
            line_ += static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
            cell += part;
            rest_.remove_prefix(size + 1);
            if (!rest_.starts_with('"')) {
                break;
            }
            cell += '"';
            rest_.remove_prefix(1);
        }
        // Text behind the closing quote: kept, as spreadsheets do.
        SPINDLE_TRY(const std::string more, bare());
        return cell + more;
    }

    Result<void> check(std::size_t size) const {
        if (size > limits_.cell) {
            return fail(Code::BadInput, "line {}: a cell of more than {} KB", line_,
                        limits_.cell >> 10U);
        }
        return {};
    }

    std::string_view rest_;
    const CsvLimits& limits_;
    CsvTable table_;
    std::size_t line_ = 1;
};

} // namespace

Result<CsvTable> read_csv(std::string_view bytes, const CsvLimits& limits) {
    if (bytes.size() > limits.bytes) {
        return fail(Code::BadInput, "more than {} MB", limits.bytes >> 20U);
    }
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        bytes.remove_prefix(3);
    }
    const std::string text =
        text::is_utf8(bytes) ? std::string(bytes) : text::latin1_to_utf8(bytes);
    return Reader(text, limits).read();
}

std::string csv_row(const std::vector<std::string>& cells) {
    std::string row;
    for (const std::string& cell : cells) {
        row += row.empty() && &cell == &cells.front() ? "" : ",";
        // A row of one empty cell would look like an empty line; white space at the ends is lost
        // by some readers.
        const bool is_plain =
            cell.find_first_of(",\"\r\n") == std::string::npos &&
            (cell.empty() ? cells.size() > 1 : cell.front() != ' ' && cell.back() != ' ');
        if (is_plain) {
            row += cell;
            continue;
        }
        row += '"';
        for (const char c : cell) {
            row += c == '"' ? "\"\"" : std::string(1, c);
        }
        row += '"';
    }
    return row + "\r\n";
}

} // namespace spindle::market
