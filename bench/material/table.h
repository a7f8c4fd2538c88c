// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace spindle::material {

/// A file of tab-separated values with a header line: fields are found by column name, so that
/// columns may be added. Fields hold no tabs or line ends.
class Table {
public:
    /// Errors name the file and, where there is one, the line: a missing column, a short row, more
    /// than 64 MB.
    static Result<Table> read(const std::filesystem::path& path,
                              std::initializer_list<std::string_view> columns);

    std::size_t rows() const { return rows_.size(); }

    /// @param column position in the list given to read().
    const std::string& text(std::size_t row, std::size_t column) const;

    /// The field as a number; Code::BadInput names file, line and field.
    Result<double> number(std::size_t row, std::size_t column) const;

    /// "FILE:LINE" for messages about a row.
    std::string place(std::size_t row) const;

private:
    std::string file_;
    std::vector<std::vector<std::string>> rows_;
};

} // namespace spindle::material
