// SPDX-License-Identifier: Apache-2.0
#include "catalog/dump/table_columns.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"

namespace spindle::catalog {
namespace {

struct Named {
    std::string_view name; // lower case
    Column column;
};
// Discogs' exports use other names than its API; all are understood in every table.
constexpr std::array<Named, 13> kNames{{{"release_id", Column::ReleaseNumber},
                                        {"artist", Column::Artist},
                                        {"title", Column::Title},
                                        {"label", Column::Label},
                                        {"catno", Column::CatalogNumber},
                                        {"catalog#", Column::CatalogNumber},
                                        {"format", Column::Format},
                                        {"country", Column::Country},
                                        {"year", Column::Year},
                                        {"released", Column::Year},
                                        {"barcode", Column::Barcode},
                                        {"master_id", Column::MasterNumber},
                                        {"master", Column::MasterNumber}}};

constexpr std::string_view kLookedFor =
    "release_id, artist, title, label, catno, format, country, year, barcode, master_id (a plain "
    "table), Catalog#, Artist, Title, ..., release_id (Discogs' collection export) or listing_id, "
    "artist, title, ..., release_id (Discogs' inventory export)";

std::string shown(const std::vector<std::string>& header) {
    constexpr std::size_t kMost = 12;
    std::vector<std::string> names;
    for (const std::string& name : header) {
        names.push_back(text::shortened(text::printable(name), 30));
        if (names.size() == kMost) {
            names.emplace_back("...");
            break;
        }
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

} // namespace

std::string_view name_of(TableKind kind) {
    switch (kind) {
    case TableKind::Collection:
        return "Discogs collection export";
    case TableKind::Inventory:
        return "Discogs inventory export";
    case TableKind::Plain:
        break;
    }
    return "table of releases";
}

Result<TableColumns> TableColumns::from_header(const std::vector<std::string>& header) {
    TableColumns columns;
    columns.count_ = header.size();
    bool catalog_sign = false;
    bool listing = false;
    for (std::size_t i = 0; i < header.size(); ++i) {
        const std::string name = text::ascii_lower(text::trimmed(header[i]));
        catalog_sign = catalog_sign || name == "catalog#";
        listing = listing || name == "listing_id";
        const auto* const known = std::find_if(kNames.begin(), kNames.end(),
                                               [&](const Named& one) { return one.name == name; });
        auto* const place = known == kNames.end()
                                ? nullptr
                                : &columns.places_.at(static_cast<std::size_t>(known->column));
        if (place != nullptr && !*place) {
            *place = i;
        } else if (!name.empty()) { // not known, or the second of its kind
            columns.ignored_.push_back(
                text::shortened(text::printable(text::trimmed(header[i])), 60));
        }
    }
    const auto has = [&](Column column) {
        return columns.places_.at(static_cast<std::size_t>(column)).has_value();
    };
    if (!has(Column::ReleaseNumber) && !(has(Column::Title) && has(Column::Artist)) &&
        !(has(Column::CatalogNumber) && (has(Column::Title) || has(Column::Artist)))) {
        return fail(Code::BadInput,
                    "is no table of releases: its first row should name the columns. Looked for: "
                    "{}. Found: {}",
                    kLookedFor, shown(header));
    }
    if (catalog_sign && has(Column::ReleaseNumber)) {
        columns.kind_ = TableKind::Collection;
    } else if (listing && has(Column::ReleaseNumber)) {
        columns.kind_ = TableKind::Inventory;
    }
    return columns;
}

std::string_view TableColumns::cell(const std::vector<std::string>& row, Column column) const {
    const auto place = places_.at(static_cast<std::size_t>(column));
    return place && *place < row.size() ? std::string_view(row[*place]) : std::string_view();
}

} // namespace spindle::catalog
