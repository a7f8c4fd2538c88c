// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/release_id.h"

// What Discogs keeps for an owner, as values.
namespace spindle::market {

/// Whose token it is.
struct Identity {
    std::uint64_t id = 0;
    std::string username; ///< as in addresses of pages
};

/// One page of a longer list.
template <typename Item>
struct Page {
    std::vector<Item> items;
    int page = 1;
    int pages = 1;
    std::uint64_t total = 0; ///< items on all pages
};

struct CollectionFolder {
    std::uint32_t id = 0; ///< 0: all, cannot be added to; 1: uncategorized
    std::string name;
    std::uint32_t count = 0;
};

/// What the owner may note of each copy. Conditions are such notes: at first field 1 is "Media", 2
/// "Sleeve", 3 "Notes", but the owner may change that.
struct CollectionField {
    std::uint32_t id = 0;
    std::string name;
    std::vector<std::string> options; ///< the only values allowed; empty = any
};

struct FieldNote {
    std::uint32_t field = 0;
    std::string value;
};

/// One copy the owner has.
struct CollectionItem {
    ReleaseId release;
    std::uint64_t instance = 0; ///< tells copies of one release apart
    std::uint32_t folder = 0;
    std::string artist, title, format;
    int year = 0;
    int rating = 0; ///< 1 to 5; 0 = none
    std::string date_added;
    std::vector<FieldNote> notes;
};

/// What the owner looks for.
struct Want {
    ReleaseId release;
    std::string artist, title, format;
    int year = 0;
    int rating = 0;
    std::string notes;
};

/// A release as the search lists it.
struct SearchHit {
    ReleaseId release;
    MasterId master;
    std::string title; ///< "Artist - Title"
    std::string country, number;
    int year = 0;
    std::vector<std::string> labels;   ///< companies among them
    std::vector<std::string> formats;  ///< "CD", "Album"
    std::vector<std::string> barcodes; ///< 8 to 14 digits; what else is listed there is left out
};

} // namespace spindle::market
