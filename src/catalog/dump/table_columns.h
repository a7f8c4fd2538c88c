// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace spindle::catalog {

/// The tables of releases that are understood, told apart by the names in the first row.
enum class TableKind {
    Collection, ///< Discogs' export of a collection (Catalog#, ..., Released, release_id, ...)
    Inventory,  ///< Discogs' export of what a seller offers (listing_id, artist, ..., catno, ...)
    Plain,      ///< named columns, several labels, numbers or barcodes in a cell joined by " | "
};

/// "Discogs collection export" and so on.
std::string_view name_of(TableKind kind);

/// What a column holds.
enum class Column {
    ReleaseNumber,
    Artist,
    Title,
    Label,
    CatalogNumber,
    Format,
    Country,
    Year,
    Barcode,
    MasterNumber,
};
inline constexpr std::size_t kColumns = static_cast<std::size_t>(Column::MasterNumber) + 1;

/// Where in a row what is.
class TableColumns {
public:
    /// @param header cells of the first row; case and blanks around do not matter, nor the order.
    ///        Of two columns for the same (year, Released) the first is used.
    /// @return BadInput when too little of it is known: it says what was looked for and what was
    ///         found.
    static Result<TableColumns> from_header(const std::vector<std::string>& header);

    TableKind kind() const { return kind_; }
    std::size_t count() const { return count_; }

    /// The cell of a row, empty if the table has no such column or the row ends before it.
    std::string_view cell(const std::vector<std::string>& row, Column column) const;

    /// Names of columns that are not used, as written.
    const std::vector<std::string>& ignored() const { return ignored_; }

private:
    TableKind kind_ = TableKind::Plain;
    std::size_t count_ = 0;
    std::array<std::optional<std::size_t>, kColumns> places_;
    std::vector<std::string> ignored_;
};

} // namespace spindle::catalog
