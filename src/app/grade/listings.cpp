// SPDX-License-Identifier: Apache-2.0
#include "app/grade/listings.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "grade/model/condition_text.h"
#include "io/file.h"
#include "market/csv_table.h"

namespace spindle::app {
namespace {

using Parsed = nlohmann::json;
/// A row's cells by lower-case column.
using Row = std::map<std::string, std::string>;

constexpr std::uint64_t kLargest = 64U << 20U;
constexpr std::size_t kMostRows = 1'000'000;
constexpr std::array<std::string_view, 4> kAudio{"audio", "file", "path", "url"};
constexpr std::array<std::string_view, 4> kGrade{"grade", "condition", "media", "label"};
constexpr std::array<std::string_view, 3> kRecord{"record", "release", "title"};
constexpr std::array<std::string_view, 1> kSeller{"seller"};

std::string cell(const Row& row, std::span<const std::string_view> names) {
    for (const std::string_view name : names) {
        const auto found = row.find(std::string(name));
        if (found != row.end() && !found->second.empty()) {
            return found->second;
        }
    }
    return {};
}

std::string text_of(const Parsed& value) {
    if (value.is_string()) {
        return value.get<std::string>();
    }
    return value.is_number() || value.is_boolean() ? value.dump() : std::string();
}

Row row_of(const Parsed& object) {
    Row row;
    for (const auto& [key, value] : object.items()) {
        row[text::ascii_lower(key)] = text_of(value);
    }
    return row;
}

Result<std::vector<Row>> rows_of_json(std::string_view content) {
    std::vector<Row> rows;
    const Parsed whole = Parsed::parse(content, nullptr, false);
    if (whole.is_array()) {
        for (const Parsed& each : whole) {
            rows.push_back(each.is_object() ? row_of(each) : Row());
        }
        return rows;
    }
    for (std::size_t from = 0; from < content.size() && rows.size() < kMostRows;) {
        const std::size_t end = std::min(content.find('\n', from), content.size());
        const std::string_view line = text::trimmed(content.substr(from, end - from));
        from = end + 1;
        if (line.empty()) {
            continue;
        }
        const Parsed object = Parsed::parse(line, nullptr, false);
        if (!object.is_object()) {
            return fail(Code::BadInput, "line {} is no JSON object", rows.size() + 1);
        }
        rows.push_back(row_of(object));
    }
    return rows;
}

Result<std::vector<Row>> rows_of_table(std::string_view content) {
    SPINDLE_TRY(const auto table, market::read_csv(content, {.rows = kMostRows}));
    std::vector<Row> rows;
    for (const auto& cells : table.rows) {
        Row row;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            row[text::ascii_lower(text::trimmed(table.columns[i]))] =
                std::string(text::trimmed(cells[i]));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

bool is_address(std::string_view audio) {
    return audio.starts_with("http://") || audio.starts_with("https://");
}

} // namespace

Result<Listings> read_listings(const std::filesystem::path& manifest) {
    SPINDLE_TRY(const std::string content, io::read_file(manifest, kLargest));
    const std::string_view begin = text::trimmed(content);
    const bool is_json = begin.starts_with('[') || begin.starts_with('{');
    auto rows = is_json ? rows_of_json(content) : rows_of_table(content);
    if (!rows) {
        return tl::unexpected(rows.error().within(manifest.string()));
    }
    const std::filesystem::path folder = std::filesystem::absolute(manifest).parent_path();
    Listings result;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        const Row& row = (*rows)[i];
        Listing listing;
        listing.audio = cell(row, kAudio);
        listing.condition = cell(row, kGrade);
        if (listing.audio.empty()) {
            result.left_out.push_back({i + 1, "names no audio"});
            continue;
        }
        const auto grade = grade::grade_in_words(listing.condition);
        if (!grade) {
            result.left_out.push_back(
                {i + 1, listing.condition.empty()
                            ? std::string("names no grade")
                            : fmt::format("\"{}\" names no grade", listing.condition)});
            continue;
        }
        listing.grade = *grade;
        if (!is_address(listing.audio)) {
            listing.audio = (folder / listing.audio).lexically_normal().string();
        }
        listing.record = cell(row, kRecord);
        listing.seller = cell(row, kSeller);
        if (listing.record.empty()) {
            listing.record = listing.audio;
        }
        result.listings.push_back(std::move(listing));
    }
    if (result.listings.empty()) {
        return fail(Code::BadInput,
                    "{}: no row names audio and a grade; it needs columns audio and grade{}",
                    manifest.string(),
                    result.left_out.empty() ? std::string()
                                            : fmt::format(" (row {} {})", result.left_out[0].row,
                                                          result.left_out[0].why));
    }
    return result;
}

} // namespace spindle::app
