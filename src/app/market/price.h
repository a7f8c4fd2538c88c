// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "app/market/catalog_versions.h"
#include "base/progress.h"
#include "base/release_id.h"
#include "base/result.h"
#include "market/discogs_client.h"
#include "market/quote.h"
#include "store/market_store.h"

namespace spindle::app {

/// Whether to spend another request a release on what not everybody needs or gets.
enum class Ask { No, Yes };

struct PriceOptions {
    std::string currency = "USD"; ///< one of market::known_currencies()
    Ask suggestions = Ask::No;    ///< prices Discogs suggests to sellers
    Ask versions = Ask::No;       ///< of its master, where `catalog` does not know
    /// What counts versions without asking; what it knows is shown and not asked for.
    CatalogVersions catalog;
    /// Requests in hand at once. Discogs takes 0.1 to 0.3 s for an answer; eight keep the time all
    /// take within 5 % of what the limit allows for 100 discs, and are what a browser opens.
    unsigned together = 8;
    std::function<std::int64_t()> now; ///< seconds since 1970-01-01 UTC; nothing: the system's
};

/// How a release stands after pricing.
enum class Pricing {
    Known,     ///< seen less than six hours ago: not asked for
    Refreshed, ///< asked for now
    Outdated,  ///< could not be asked for; shown as it was
    Missing,   ///< could not be asked for, and was never seen before
};

/// What is known of one release, newest figures first of their kind.
struct PricedRelease {
    market::ReleaseDescription about; ///< at least its number
    std::vector<market::Quote> quotes;
    std::optional<std::int64_t> seen_at; ///< when Discogs' figures were seen
    Pricing pricing = Pricing::Missing;
    bool queued = false;        ///< will be asked for by the next `--queued`
    std::optional<Error> error; ///< why it could not be asked for, or not for all of it

    /// The newest quote of that figure but for saved pages; money only in `currency`. For an
    /// appraisal, which takes what saved pages say as well: market::facts_of(quotes).
    const market::Quote* find(market::Figure figure, const std::string& currency) const;
};

/// Receives releases in the order they were asked for, each as soon as it and those before it are
/// done; one call at a time, from any thread.
using PricedSink = std::function<void(const PricedRelease&)>;

struct PriceReport {
    std::size_t known = 0, refreshed = 0, outdated = 0, missing = 0;
    std::size_t queued = 0;          ///< of those asked for
    std::optional<Error> stopped_by; ///< why the rest was queued: no line, a bad token
    bool interrupted = false;        ///< by the stop token
};

/// Shows what releases cost: what was seen less than six hours ago as it was, the rest after asking
/// Discogs, which is what its terms want. Each answer is kept at once, and everything that is to be
/// asked for is in the store's queue until it was, so that neither Ctrl-C nor a cut line nor a kill
/// loses anything. When the line or the service fails, what is known is shown with its age.
///
/// 100 releases take one minute with a token, by the limit of requests.
/// @param progress step "pricing", with an estimate
/// @return Errors of the store; those of Discogs are in the report and with the releases.
Result<PriceReport> price_releases(store::MarketStore& store, const market::DiscogsClient& discogs,
                                   std::span<const ReleaseId> releases, const PriceOptions& options,
                                   const PricedSink& sink, const ProgressSink& progress,
                                   const std::stop_token& stop);

} // namespace spindle::app
