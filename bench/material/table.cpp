// SPDX-License-Identifier: Apache-2.0
#include "material/table.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>

#include "io/file.h"

namespace spindle::material {

namespace {

constexpr std::uint64_t kLargestFile = 64'000'000;

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (true) {
        const auto end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

} // namespace

Result<Table> Table::read(const std::filesystem::path& path,
                          std::initializer_list<std::string_view> columns) {
    SPINDLE_TRY(const std::string content, io::read_file(path, kLargestFile));
    auto lines = split(content, '\n');
    if (lines.back().empty()) {
        lines.pop_back();
    }
    if (lines.empty()) {
        return fail(Code::BadInput, "{}: empty, a header line is needed", path.string());
    }
    const auto header = split(lines.front(), '\t');
    std::vector<std::size_t> places;
    for (const std::string_view column : columns) {
        const auto found = std::ranges::find(header, column);
        if (found == header.end()) {
            return fail(Code::BadInput, "{}: there is no column named {}", path.string(), column);
        }
        places.push_back(static_cast<std::size_t>(found - header.begin()));
    }
    Table table;
    table.file_ = path.string();
    for (std::size_t line = 1; line < lines.size(); ++line) {
        auto fields = split(lines[line], '\t');
        if (fields.size() != header.size()) {
            return fail(Code::BadInput, "{}:{}: {} fields, the header has {}", path.string(),
                        line + 1, fields.size(), header.size());
        }
        auto& row = table.rows_.emplace_back();
        for (const std::size_t place : places) {
            row.push_back(std::move(fields[place]));
        }
    }
    return table;
}

const std::string& Table::text(std::size_t row, std::size_t column) const {
    return rows_[row][column];
}

Result<double> Table::number(std::size_t row, std::size_t column) const {
    const std::string& field = text(row, column);
    double value = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (error != std::errc{} || end != field.data() + field.size()) {
        return fail(Code::BadInput, "{}: '{}' is not a number", place(row), field);
    }
    return value;
}

std::string Table::place(std::size_t row) const {
    return fmt::format("{}:{}", file_, row + 2);
}

} // namespace spindle::material
