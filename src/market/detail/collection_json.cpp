// SPDX-License-Identifier: Apache-2.0
// Lists: searches, collections, wants.
#include <algorithm>
#include <limits>

#include "market/detail/discogs_json.h"
#include "market/detail/release_fields.h"

namespace spindle::market::detail {
namespace {

constexpr std::uint64_t kMostSmall = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t kMostInstances = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kMostFolders = 10'000;
constexpr std::size_t kMostWords = 1000; // labels, formats, identifiers, options, notes

std::uint32_t small(const Json& json, const char* name) {
    return static_cast<std::uint32_t>(whole(json, name, kMostSmall));
}

int rating_of(const Json& json) {
    return static_cast<int>(whole_or_none(json, "rating", 5).value_or(0));
}

/// A list of words; one word alone counts as a list of one (the search did that once).
std::vector<std::string> words(const Json& json, const char* name) {
    const Json* const found = find(json, name);
    if (found != nullptr && found->is_string()) {
        return {line(*found, name)};
    }
    std::vector<std::string> all;
    for (const Json& word : list_or_none(json, name, kMostWords)) {
        all.push_back(line(word, name));
    }
    return all;
}

bool is_barcode(const std::string& digits) {
    return digits.size() >= 8 && digits.size() <= 14 &&
           std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The digits of "4 988 0031 2345 6"; rights societies and matrices stand in the same list.
std::vector<std::string> barcodes_of(const Json& json) {
    std::vector<std::string> barcodes;
    for (std::string word : words(json, "barcode")) {
        std::erase_if(word, [](char c) { return c == ' ' || c == '-' || c == '>'; });
        if (is_barcode(word) &&
            std::find(barcodes.begin(), barcodes.end(), word) == barcodes.end()) {
            barcodes.push_back(word);
        }
    }
    return barcodes;
}

/// What a list says of a release; the wants and the collection have it below this name.
template <typename Item>
void read_basics(const Json& json, Item& item) {
    const Json& basics = field(json, "basic_information");
    item.artist = artists_of(basics);
    item.title = line_or_none(basics, "title");
    item.format = formats_of(basics);
    item.year = year_or_none(basics, "year");
    item.rating = rating_of(json);
}

} // namespace

Result<Page<SearchHit>> read_search(std::string_view body) {
    return understand(body, [](const Json& json) {
        Page<SearchHit> page;
        read_page(json, "results", page, [](const Json& result) {
            SearchHit hit;
            hit.release = release_of(result);
            hit.master = master_of(result);
            hit.title = line_or_none(result, "title");
            hit.country = line_or_none(result, "country");
            hit.number = line_or_none(result, "catno");
            hit.year = year_or_none(result, "year");
            hit.labels = words(result, "label");
            hit.formats = words(result, "format");
            hit.barcodes = barcodes_of(result);
            return hit;
        });
        return page;
    });
}

Result<std::vector<CollectionFolder>> read_folders(std::string_view body) {
    return understand(body, [](const Json& json) {
        std::vector<CollectionFolder> folders;
        for (const Json& folder : list_or_none(json, "folders", kMostFolders)) {
            folders.push_back({small(folder, "id"), line_or_none(folder, "name"),
                               static_cast<std::uint32_t>(
                                   whole_or_none(folder, "count", kMostSmall).value_or(0))});
        }
        return folders;
    });
}

Result<std::vector<CollectionField>> read_fields(std::string_view body) {
    return understand(body, [](const Json& json) {
        std::vector<CollectionField> fields;
        for (const Json& field : list_or_none(json, "fields", kMostWords)) {
            fields.push_back(
                {small(field, "id"), line_or_none(field, "name"), words(field, "options")});
        }
        return fields;
    });
}

Result<Page<CollectionItem>> read_collection(std::string_view body) {
    return understand(body, [](const Json& json) {
        Page<CollectionItem> page;
        read_page(json, "releases", page, [](const Json& release) {
            CollectionItem item;
            item.release = release_of(release);
            item.instance = whole(release, "instance_id", kMostInstances);
            item.folder = static_cast<std::uint32_t>(
                whole_or_none(release, "folder_id", kMostSmall).value_or(0));
            item.date_added = line_or_none(release, "date_added");
            read_basics(release, item);
            for (const Json& note : list_or_none(release, "notes", kMostWords)) {
                item.notes.push_back({small(note, "field_id"), line_or_none(note, "value")});
            }
            return item;
        });
        return page;
    });
}

Result<std::uint64_t> read_instance(std::string_view body) {
    return understand(body,
                      [](const Json& json) { return whole(json, "instance_id", kMostInstances); });
}

Result<Page<Want>> read_wants(std::string_view body) {
    return understand(body, [](const Json& json) {
        Page<Want> page;
        read_page(json, "wants", page, [](const Json& release) {
            Want want;
            want.release = release_of(release);
            read_basics(release, want);
            want.notes = line_or_none(release, "notes");
            return want;
        });
        return page;
    });
}

} // namespace spindle::market::detail
