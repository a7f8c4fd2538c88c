// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "market/collection.h"
#include "market/market_figures.h"

// The answers of Discogs' API (version 2) as values. Every answer may be anything: errors
// (Code::BadInput) say what was found instead. Pure; thread-safe; memory a few times the answer's.
namespace spindle::market::detail {

/// Of /oauth/identity.
Result<Identity> read_identity(std::string_view body);

/// Of /releases/{id}. An answer about another release than `asked` is an error.
/// @param currency what was asked for: the answer does not name it.
Result<MarketFigures> read_release(std::string_view body, ReleaseId asked,
                                   const std::string& currency);

/// Of /marketplace/price_suggestions/{id}.
Result<PriceSuggestions> read_suggestions(std::string_view body);

/// How many items all pages of a list have together.
Result<std::uint64_t> read_total(std::string_view body);

/// Of /database/search.
Result<Page<SearchHit>> read_search(std::string_view body);

Result<std::vector<CollectionFolder>> read_folders(std::string_view body);
Result<std::vector<CollectionField>> read_fields(std::string_view body);
Result<Page<CollectionItem>> read_collection(std::string_view body);
/// Which copy an added release became.
Result<std::uint64_t> read_instance(std::string_view body);
Result<Page<Want>> read_wants(std::string_view body);

/// What Discogs says of an error: {"message": "Release not found."}; empty if it says nothing.
std::string read_message(std::string_view body);

} // namespace spindle::market::detail
