// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/release_id.h"
#include "base/result.h"
#include "market/market_figures.h"
#include "market/quote.h"
#include "store/library.h"

namespace spindle::store {

/// What is known of one release.
struct LatestQuotes {
    market::ReleaseDescription about; ///< only its number where it was never described
    std::vector<market::Quote> quotes;
};

/// The owner's history of prices: every figure ever seen, and what is still to be asked for.
///
/// Every changing call is one transaction, as with LibraryStore, with its errors. One instance per
/// thread, or serialise.
class MarketStore {
public:
    MarketStore() = default;
    virtual ~MarketStore() = default;
    MarketStore(const MarketStore&) = delete;
    MarketStore& operator=(const MarketStore&) = delete;

    /// Keeps what was seen, and takes the release off the queue.
    virtual Result<void> record(const market::ReleaseDescription& release,
                                std::span<const market::Quote> quotes) = 0;
    /// Keeps quotes of any releases; leaves the queue and descriptions alone.
    virtual Result<void> add_quotes(std::span<const market::Quote> quotes) = 0;

    virtual Result<std::optional<market::ReleaseDescription>> description(ReleaseId release) = 0;
    /// The newest quote of each figure, source and currency, as seen at `now`. Quotes from after
    /// that (a clock was wrong) count only where there is no other.
    virtual Result<std::vector<market::Quote>> latest(ReleaseId release, Timestamp now) = 0;
    /// description() and latest() of many releases at once. Those without a quote are left out, and
    /// each comes once, by number.
    virtual Result<std::vector<LatestQuotes>> latest_of(std::span<const ReleaseId> releases,
                                                        Timestamp now) = 0;
    /// All quotes of a release, oldest first.
    virtual Result<std::vector<market::Quote>> history(ReleaseId release) = 0;

    /// What is to be asked for, what waits longest first.
    virtual Result<std::vector<ReleaseId>> queue() = 0;
    /// Those that are queued already keep their places.
    virtual Result<void> enqueue(std::span<const ReleaseId> releases, Timestamp now) = 0;
    virtual Result<void> dequeue(std::span<const ReleaseId> releases) = 0;
};

} // namespace spindle::store
