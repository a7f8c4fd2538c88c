// SPDX-License-Identifier: Apache-2.0
#include "io/csv.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace spindle::io {

CsvReader::CsvReader(std::string_view content, char delimiter)
    : content_(content), delimiter_(delimiter) {}

bool CsvReader::next(CsvRow& row) {
    while (at_ < content_.size() && at_line_end()) {
        pass_line_end();
    }
    if (at_ >= content_.size()) {
        return false;
    }
    row.line = line_;
    row.cells.clear();
    row.problem.clear();
    const std::size_t begin = at_;
    const bool good = read_cells(row);
    // A row without a cell of several lines ends on the next line, or with the content.
    const bool in_doubt = !good || (line_ > row.line + 1 && row.cells.size() != expected_);
    if (!in_doubt) {
        return true;
    }
    const std::size_t end = at_;
    const std::size_t end_line = line_;
    at_ = begin;
    line_ = row.line;
    if (read_literally(row)) {
        return true;
    }
    if (good) {
        at_ = end;
        line_ = end_line;
    } else {
        row.cells.clear();
        at_ = begin;
        line_ = row.line;
        pass_line();
    }
    return true;
}

/// Reads one line as if quotes meant nothing; `row` is changed only if that has as many cells as
/// expected.
bool CsvReader::read_literally(CsvRow& row) {
    std::vector<std::string> cells;
    while (expected_ != 0 && cells.size() < expected_) {
        if (plain_cell(cells.emplace_back()) != Cell::Good) {
            return false;
        }
        const bool at_end = at_ >= content_.size() || at_line_end();
        if (at_end != (cells.size() == expected_)) {
            return false;
        }
        if (!at_end) {
            ++at_; // the delimiter
        } else if (at_ < content_.size()) {
            pass_line_end();
        }
    }
    if (cells.empty()) {
        return false;
    }
    row.cells = std::move(cells);
    row.problem.clear();
    return true;
}

bool CsvReader::read_cells(CsvRow& row) {
    while (true) {
        if (row.cells.size() == kMostCells) {
            row.problem = fmt::format("there are more than {} cells", kMostCells);
            return false;
        }
        const Cell read = read_cell(row.cells.emplace_back());
        if (read == Cell::Unclosed) {
            row.problem = fmt::format("a quote in cell {} is not closed", row.cells.size());
            return false;
        }
        if (read == Cell::TooLarge) {
            row.problem =
                fmt::format("cell {} is larger than {} KB", row.cells.size(), kLargestCell >> 10U);
            return false;
        }
        if (at_ >= content_.size()) {
            return true;
        }
        if (at_line_end()) {
            pass_line_end();
            return true;
        }
        ++at_; // the delimiter
    }
}

CsvReader::Cell CsvReader::read_cell(std::string& cell) {
    return at_ < content_.size() && content_[at_] == '"' ? quoted_cell(cell) : plain_cell(cell);
}

/// Looks from the opening quote for the one that closes it. That is linear over the whole file: a
/// quote that leads to nothing is found out at the next odd run of quotes, and no line before that
/// can open another such cell.
CsvReader::Cell CsvReader::quoted_cell(std::string& cell) {
    const std::size_t begin = at_;
    std::size_t lines = 0;
    std::size_t i = begin + 1;
    for (;; ++i) {
        if (i >= content_.size()) {
            return Cell::Unclosed;
        }
        if (i - begin > kLargestCell) {
            return Cell::TooLarge;
        }
        const char c = content_[i];
        if (c == '"') {
            if (i + 1 >= content_.size() || content_[i + 1] != '"') {
                break;
            }
            ++i;
        }
        const bool pair = c == '\r' && i + 1 < content_.size() && content_[i + 1] == '\n';
        lines += c == '\n' || (c == '\r' && !pair) ? 1 : 0;
        cell += c;
    }
    at_ = i + 1;
    if (at_ >= content_.size() || content_[at_] == delimiter_ || at_line_end()) {
        line_ += lines;
        return Cell::Good;
    }
    at_ = begin;
    cell.clear();
    return lines == 0 ? plain_cell(cell) : Cell::Unclosed;
}

CsvReader::Cell CsvReader::plain_cell(std::string& cell) {
    const std::size_t begin = at_;
    while (at_ < content_.size() && content_[at_] != delimiter_ && !at_line_end()) {
        ++at_;
    }
    if (at_ - begin > kLargestCell) {
        return Cell::TooLarge;
    }
    cell.assign(content_.substr(begin, at_ - begin));
    return Cell::Good;
}

bool CsvReader::at_line_end() const {
    return content_[at_] == '\n' || content_[at_] == '\r';
}

void CsvReader::pass_line_end() {
    const bool pair = content_.substr(at_, 2) == "\r\n";
    at_ += pair ? 2 : 1;
    ++line_;
}

void CsvReader::pass_line() {
    at_ = std::min(content_.find_first_of("\r\n", at_), content_.size());
    if (at_ < content_.size()) {
        pass_line_end();
    }
}

std::string csv_row(const std::vector<std::string>& cells) {
    std::string row;
    for (const std::string& cell : cells) {
        row += row.empty() && &cell == &cells.front() ? "" : ",";
        // A row of one empty cell would look like an empty line.
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

} // namespace spindle::io
