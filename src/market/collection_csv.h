// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/release_id.h"
#include "base/result.h"
#include "market/csv_table.h"
#include "market/price_ladder.h"

namespace spindle::market {

/// One disc of a collection as Discogs exports it. Texts are UTF-8; several catalog numbers or
/// labels stand in one text, separated by ", ".
struct CollectionEntry {
    std::string number, artist, title, label, format;
    int rating = 0;       ///< stars, 1 to 5; 0: not rated
    std::string released; ///< "1994"; empty: not known
    ReleaseId release;
    std::string folder, added; ///< "2021-03-05 10:11:12"
    std::optional<Grade> media;
    std::string sleeve; ///< a grade's full name, "Generic", "Not Graded", "No Cover"; empty
    std::string notes;
    std::vector<std::pair<std::string, std::string>> own_fields; ///< the owner's columns, in order

    bool operator==(const CollectionEntry&) const = default;
};

struct CollectionFile {
    std::vector<CollectionEntry> entries;
    std::vector<SkippedRow> skipped;
};

/// Reads a collection export of Discogs' web site (columns in any order, release_id needed).
/// BadInput when it is no such table.
Result<CollectionFile> read_collection_csv(std::string_view bytes, const CsvLimits& limits = {});

/// Writes entries as Discogs exports them. The owner's fields of the first entry make the columns.
std::string collection_csv(const std::vector<CollectionEntry>& entries);

/// One item to be put up for sale.
struct InventoryItem {
    ReleaseId release;
    double price = 0; ///< above 0, in the currency of the seller's account
    Grade media = Grade::VeryGoodPlus;
    std::string sleeve; ///< as in CollectionEntry
    std::string comments, location, external_id;
    std::optional<bool> accept_offer;
    std::optional<int> weight; ///< grams; nothing: Discogs estimates
    std::optional<int> format_quantity;

    bool operator==(const InventoryItem&) const = default;
};

struct InventoryFile {
    std::vector<InventoryItem> items;
    std::vector<SkippedRow> skipped;
};

/// Reads an inventory upload ("add"), or an inventory export, of which it takes the same columns.
Result<InventoryFile> read_inventory_csv(std::string_view bytes, const CsvLimits& limits = {});

/// Writes what Discogs' inventory upload takes ("add"). The items go on sale when it is uploaded.
/// BadInput names the item whose price is none.
Result<std::string> inventory_csv(const std::vector<InventoryItem>& items);

/// What a sleeve's condition may be called: the grades, and three more words.
bool is_sleeve_condition(std::string_view text);

} // namespace spindle::market
