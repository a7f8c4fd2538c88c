// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/release_id.h"
#include "market/detail/json_fields.h"

// What answers about releases have in common. All throw Wrong.
namespace spindle::market::detail {

/// Field "id": not 0, 32 bits.
ReleaseId release_of(const Json& json);
/// Field "master_id"; 0 for none.
MasterId master_of(const Json& json);
/// Field "artists" on one line, as printed: "A & B". Without Discogs' "(2)" for namesakes.
std::string artists_of(const Json& json);
/// Field "formats": "2 x CD, Album, Reissue; DVD".
std::string formats_of(const Json& json);
/// Fields "pagination" and so on of a list of at most 500 items, read one by one.
template <typename Into, typename Read>
void read_page(const Json& json, const char* name, Into& page, Read&& read) {
    constexpr std::uint64_t kMostPages = 10'000'000;
    constexpr std::uint64_t kMostItems = 1'000'000'000;
    if (const Json* const pagination = find(json, "pagination")) {
        page.page = static_cast<int>(whole_or_none(*pagination, "page", kMostPages).value_or(1));
        page.pages = static_cast<int>(whole_or_none(*pagination, "pages", kMostPages).value_or(1));
        page.total = whole_or_none(*pagination, "items", kMostItems).value_or(0);
    }
    for (const Json& item : list_or_none(json, name, 500)) {
        page.items.push_back(read(item));
    }
}

} // namespace spindle::market::detail
