// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>

#include "app/dig/scan_report.h"
#include "base/progress.h"
#include "base/result.h"
#include "catalog/matcher.h"
#include "market/discogs_client.h"

namespace spindle::app {

struct DiscSearchOptions {
    /// Searches in all, for one scan: each is a request among the 55 a minute that prices need,
    /// too, so this is 20 s of waiting at most.
    std::size_t most = 20;
    /// Mean confidence of its words from which a disc counts as read well: shreds find nothing.
    double least_confidence = 0.7;
    std::function<void(const Disc&)> tell{}; ///< told of each disc that changed; may be empty
};

struct DiscSearchReport {
    std::size_t searches = 0; ///< asked
    std::size_t named = 0;    ///< discs which are known now, or have a candidate from there
    std::size_t left = 0;     ///< discs not searched for because of `most` or trouble
    std::string trouble;      ///< why it ended early; empty: it did not
};

/// Asks Discogs' search for discs that were read well and that the catalog does not have, or is not
/// certain about, those read best first, with at most two searches each. What it finds is weighed
/// by the catalog's matcher together with the catalog's own candidates; the disc changes only if
/// something from there is now the likeliest. Such pressings say so (Pressing::found_online).
/// The client must have a token. Progress step "searching".
/// Errors are the catalog's; the service's are in the report.
Result<DiscSearchReport> search_discs(ScanReport& report, const catalog::Matcher& matcher,
                                      const market::DiscogsClient& discogs,
                                      const DiscSearchOptions& options,
                                      const ProgressSink& progress, const std::stop_token& stop);

} // namespace spindle::app
