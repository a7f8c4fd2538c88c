// SPDX-License-Identifier: Apache-2.0
#include "market/collection_csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "io/csv.h"
#include "market/printed_price.h"

namespace spindle::market {
namespace {

constexpr std::array<std::string_view, 13> kCollection{"Catalog#",
                                                       "Artist",
                                                       "Title",
                                                       "Label",
                                                       "Format",
                                                       "Rating",
                                                       "Released",
                                                       "release_id",
                                                       "CollectionFolder",
                                                       "Date Added",
                                                       "Collection Media Condition",
                                                       "Collection Sleeve Condition",
                                                       "Collection Notes"};

constexpr std::array<std::string_view, 10> kInventory{
    "release_id",   "price",    "media_condition", "sleeve_condition", "comments",
    "accept_offer", "location", "external_id",     "weight",           "format_quantity"};

std::size_t column_of(const CsvTable& table, std::string_view name) {
    const std::string wanted = text::ascii_lower(name);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (text::ascii_lower(text::trimmed(table.columns[i])) == wanted) {
            return i;
        }
    }
    return std::string::npos;
}

/// The cells of a row by the names of their columns.
class Row {
public:
    template <std::size_t Count>
    Row(const CsvTable& table, const std::array<std::string_view, Count>& names)
        : names_(names.begin(), names.end()) {
        for (const std::string_view name : names) {
            at_.push_back(column_of(table, name));
        }
    }
    void set(const std::vector<std::string>& cells) { cells_ = &cells; }

    bool has(std::string_view name) const { return place(name) != std::string::npos; }
    std::string text(std::string_view name) const {
        const std::size_t at = place(name);
        return at == std::string::npos ? std::string() : (*cells_)[at];
    }
    std::optional<int> whole(std::string_view name) const {
        const std::string cell = text(name);
        const auto trimmed = text::trimmed(cell);
        int value = 0;
        const auto [end, error] =
            std::from_chars(trimmed.data(), trimmed.data() + trimmed.size(), value);
        return error == std::errc{} && end == trimmed.data() + trimmed.size() ? std::optional(value)
                                                                              : std::nullopt;
    }
    const std::vector<std::size_t>& columns() const { return at_; }

private:
    std::size_t place(std::string_view name) const {
        const auto found = std::find(names_.begin(), names_.end(), name);
        return found == names_.end() ? std::string::npos
                                     : at_[static_cast<std::size_t>(found - names_.begin())];
    }

    std::vector<std::string_view> names_;
    std::vector<std::size_t> at_;
    const std::vector<std::string>* cells_ = nullptr;
};

std::optional<ReleaseId> release_of(const Row& row) {
    const auto id = row.whole("release_id");
    return id && *id > 0 && static_cast<std::uint32_t>(*id) < kFirstOwnRelease
               ? std::optional(ReleaseId{static_cast<std::uint32_t>(*id)})
               : std::nullopt;
}

std::string year_of(std::string released) {
    return text::trimmed(released) == "0" ? std::string() : std::move(released);
}

CollectionEntry entry_of(const Row& row, ReleaseId release) {
    CollectionEntry entry;
    entry.release = release;
    entry.number = row.text("Catalog#");
    entry.artist = row.text("Artist");
    entry.title = row.text("Title");
    entry.label = row.text("Label");
    entry.format = row.text("Format");
    entry.rating = std::clamp(row.whole("Rating").value_or(0), 0, 5);
    entry.released = year_of(row.text("Released"));
    entry.folder = row.text("CollectionFolder");
    entry.added = row.text("Date Added");
    entry.media = grade_named(row.text("Collection Media Condition"));
    entry.sleeve = row.text("Collection Sleeve Condition");
    entry.notes = row.text("Collection Notes");
    return entry;
}

std::optional<bool> yes_or_no(const std::string& cell) {
    const std::string lower = text::ascii_lower(text::trimmed(cell));
    if (lower == "y" || lower == "yes" || lower == "true" || lower == "1") {
        return true;
    }
    return lower == "n" || lower == "no" || lower == "false" || lower == "0" ? std::optional(false)
                                                                             : std::nullopt;
}

Result<InventoryItem> item_of(const Row& row) {
    InventoryItem item;
    const auto release = release_of(row);
    if (!release) {
        return fail(Code::BadInput, "\"{}\" is no release number",
                    text::shortened(text::printable(row.text("release_id")), 40));
    }
    item.release = *release;
    const std::string price = row.text("price");
    std::optional<double> amount = printed_number(price);
    if (!amount) {
        const auto money = printed_price(price);
        amount = money ? std::optional(money->amount) : std::nullopt;
    }
    if (!amount || *amount <= 0) {
        return fail(Code::BadInput, "\"{}\" is no price",
                    text::shortened(text::printable(price), 40));
    }
    item.price = *amount;
    const auto media = grade_named(row.text("media_condition"));
    if (!media) {
        return fail(Code::BadInput,
                    "\"{}\" is no grade; use one of Discogs' eight, as \"Very Good Plus (VG+)\"",
                    text::shortened(text::printable(row.text("media_condition")), 40));
    }
    item.media = *media;
    item.sleeve = row.text("sleeve_condition");
    item.comments = row.text("comments");
    item.location = row.text("location");
    item.external_id = row.text("external_id");
    item.accept_offer = yes_or_no(row.text("accept_offer"));
    const auto positive = [](std::optional<int> value) {
        return value && *value > 0 ? value : std::nullopt;
    };
    item.weight = positive(row.whole("weight"));
    item.format_quantity = positive(row.whole("format_quantity"));
    return item;
}

std::string number_or_nothing(const std::optional<int>& value) {
    return value ? fmt::format("{}", *value) : std::string();
}

void in_order(std::vector<SkippedRow>& rows) {
    std::sort(rows.begin(), rows.end(),
              [](const SkippedRow& a, const SkippedRow& b) { return a.line < b.line; });
}

} // namespace

bool is_sleeve_condition(std::string_view text) {
    return std::any_of(kGrades.begin(), kGrades.end(),
                       [text](Grade grade) { return text == full_name(grade); }) ||
           text == "Generic" || text == "Not Graded" || text == "No Cover";
}

Result<CollectionFile> read_collection_csv(std::string_view bytes, const CsvLimits& limits) {
    SPINDLE_TRY(CsvTable table, read_csv(bytes, limits));
    Row row(table, kCollection);
    if (!row.has("release_id")) {
        return fail(Code::BadInput,
                    "has no column release_id; export the collection on Discogs' web site");
    }
    std::vector<std::size_t> own;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (std::find(row.columns().begin(), row.columns().end(), i) == row.columns().end()) {
            own.push_back(i);
        }
    }
    CollectionFile file;
    file.skipped = std::move(table.skipped);
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        row.set(table.rows[i]);
        const auto release = release_of(row);
        if (!release) {
            file.skipped.push_back(
                {table.lines[i],
                 fmt::format("\"{}\" is no release number",
                             text::shortened(text::printable(row.text("release_id")), 40))});
            continue;
        }
        CollectionEntry entry = entry_of(row, *release);
        for (const std::size_t column : own) {
            entry.own_fields.emplace_back(table.columns[column], table.rows[i][column]);
        }
        file.entries.push_back(std::move(entry));
    }
    in_order(file.skipped);
    return file;
}

std::string collection_csv(const std::vector<CollectionEntry>& entries) {
    std::vector<std::string> header(kCollection.begin(), kCollection.end());
    std::vector<std::string> own;
    if (!entries.empty()) {
        for (const auto& [name, ignored] : entries.front().own_fields) {
            own.push_back(name);
        }
    }
    header.insert(header.end(), own.begin(), own.end());
    std::string csv = io::csv_row(header);
    for (const CollectionEntry& entry : entries) {
        std::vector<std::string> cells{
            entry.number,
            entry.artist,
            entry.title,
            entry.label,
            entry.format,
            entry.rating == 0 ? std::string() : fmt::format("{}", entry.rating),
            entry.released,
            fmt::format("{}", entry.release.value),
            entry.folder,
            entry.added,
            entry.media ? std::string(full_name(*entry.media)) : std::string(),
            entry.sleeve,
            entry.notes};
        for (const std::string& name : own) {
            const auto found =
                std::find_if(entry.own_fields.begin(), entry.own_fields.end(),
                             [&name](const auto& field) { return field.first == name; });
            cells.push_back(found == entry.own_fields.end() ? std::string() : found->second);
        }
        csv += io::csv_row(cells);
    }
    return csv;
}

Result<InventoryFile> read_inventory_csv(std::string_view bytes, const CsvLimits& limits) {
    SPINDLE_TRY(CsvTable table, read_csv(bytes, limits));
    Row row(table, kInventory);
    for (const char* needed : {"release_id", "price", "media_condition"}) {
        if (!row.has(needed)) {
            return fail(Code::BadInput,
                        "has no column {}; an inventory has at least release_id, "
                        "price and media_condition",
                        needed);
        }
    }
    InventoryFile file;
    file.skipped = std::move(table.skipped);
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        row.set(table.rows[i]);
        if (auto item = item_of(row)) {
            file.items.push_back(std::move(*item));
        } else {
            file.skipped.push_back({table.lines[i], item.error().message});
        }
    }
    in_order(file.skipped);
    return file;
}

Result<std::string> inventory_csv(const std::vector<InventoryItem>& items) {
    std::string csv = io::csv_row({kInventory.begin(), kInventory.end()});
    for (const InventoryItem& item : items) {
        if (!std::isfinite(item.price) || item.price < 0.01 || item.price > 1e9) {
            return fail(Code::BadInput, "release {}: {} is no price to sell at", item.release.value,
                        item.price);
        }
        csv +=
            io::csv_row({fmt::format("{}", item.release.value), fmt::format("{:.2f}", item.price),
                         std::string(full_name(item.media)), item.sleeve, item.comments,
                         !item.accept_offer   ? ""
                         : *item.accept_offer ? "Y"
                                              : "N",
                         item.location, item.external_id, number_or_nothing(item.weight),
                         number_or_nothing(item.format_quantity)});
    }
    return csv;
}

} // namespace spindle::market
