// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "catalog/release.h"
#include "catalog/spine_text.h"
#include "market/discogs_client.h"

namespace spindle::app {

/// What to ask Discogs' search for a reading, most telling first, at most two: its catalog number
/// (or barcode), and its surest words. The search wants every word to fit, so words a reader was
/// not sure of stay out. None when too little was read for a search to find anything.
/// @param format of Discogs: "CD"; empty: any
std::vector<market::SearchQuery> search_queries(const catalog::Reading& reading,
                                                const std::string& format);

/// A hit as the catalog would know it, as far as the search tells: artists as one, labels and
/// companies alike, one catalog number, no tracks.
catalog::Release release_of(const market::SearchHit& hit);

/// What one search finds: its first page, 50 releases. Needs a token. One request.
market::DiscogsResult<std::vector<catalog::Release>>
search_releases(const market::DiscogsClient& discogs, const market::SearchQuery& query,
                const std::stop_token& stop);

} // namespace spindle::app
