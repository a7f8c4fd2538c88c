// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "io/http.h"
#include "market/collection.h"
#include "market/discogs_error.h"
#include "market/market_figures.h"
#include "market/rate_limiter.h"
#include "market/waiting.h"

namespace spindle::market {

namespace detail {
class DiscogsTransport;
}

/// Who asks, whom, and how patiently.
struct DiscogsOptions {
    /// https://, or http://127.0.0.1[:PORT] for tests: a token must not cross a network in the
    /// clear.
    std::string url = "https://api.discogs.com";
    std::string user_agent; ///< io::user_agent(); Discogs refuses clients without a name
    std::string token;      ///< a personal one; empty: anonymous, fewer requests, no searches
    /// Nothing: what Discogs allows with or without a token.
    std::optional<RateLimit> limit;
    int attempts = 4;          ///< for one request: bridges 2 to 8 s of trouble with the pauses
    Seconds first_pause{1};    ///< then twice as long each time, and all by 0.5 to 1.5 at random
    Seconds longest_wait{150}; ///< for room within the limit: two windows and a bit
    std::uint64_t jitter_seed = 0; ///< so that many clients do not come back at one moment
    io::HttpLimits http{Seconds{20}, Seconds{30}, Seconds{90},
                        4U << 20U}; ///< a release with 1,000 tracks and their credits is about 1 MB
    Waiting waiting = real_waiting();
};

/// What to look for; all that is given must fit. Discogs promises no order of the hits.
struct SearchQuery {
    std::string words, artist, title, number, barcode;
    std::string format = "CD"; ///< empty: any
    int page = 1;
};

/// Discogs' API, version 2. Every request waits for its place within the limit, so a call may take
/// a minute; passing trouble (429, 5xx, a cut or silent line) is tried again a few times, but what
/// adds something only if it certainly did not arrive. Thread-safe; requests in hand share the
/// limit. Errors: DiscogsError.
class DiscogsClient {
public:
    /// Code::BadInput for an address that is not allowed or a token that cannot be one.
    static Result<std::unique_ptr<DiscogsClient>> create(DiscogsOptions options);
    ~DiscogsClient();
    DiscogsClient(const DiscogsClient&) = delete;
    DiscogsClient& operator=(const DiscogsClient&) = delete;

    bool has_token() const;
    /// About how long `requests` more will take, by the limit alone.
    Seconds time_for(int requests) const;

    /// Whose token it is; the way to check one.
    DiscogsResult<Identity> identity(const std::stop_token& stop) const;

    /// Have, want, rating, votes, for sale and lowest price, with one request.
    /// @param currency one of known_currencies()
    DiscogsResult<MarketFigures> figures(ReleaseId release, const std::string& currency,
                                         const std::stop_token& stop) const;
    /// In the currency of the seller whose token it is. Refused or Missing for who does not sell.
    DiscogsResult<PriceSuggestions> suggestions(ReleaseId release,
                                                const std::stop_token& stop) const;
    /// How many releases are versions of one work.
    DiscogsResult<std::uint64_t> versions(MasterId master, const std::stop_token& stop) const;
    /// Needs a token. 50 hits a page.
    DiscogsResult<Page<SearchHit>> search(const SearchQuery& query,
                                          const std::stop_token& stop) const;

    // Of the owner; `user` is Identity::username. 100 items a page.
    DiscogsResult<std::vector<CollectionFolder>> folders(const std::string& user,
                                                         const std::stop_token& stop) const;
    DiscogsResult<std::vector<CollectionField>> fields(const std::string& user,
                                                       const std::stop_token& stop) const;
    DiscogsResult<Page<CollectionItem>> collection(const std::string& user, std::uint32_t folder,
                                                   int page, const std::stop_token& stop) const;
    /// @return which copy it became.
    DiscogsResult<std::uint64_t> add_to_collection(const std::string& user, std::uint32_t folder,
                                                   ReleaseId release,
                                                   const std::stop_token& stop) const;
    /// @param value for a field with options exactly one of them
    DiscogsResult<void> set_field(const std::string& user, const CollectionItem& copy,
                                  const FieldNote& note, const std::stop_token& stop) const;
    DiscogsResult<Page<Want>> wants(const std::string& user, int page,
                                    const std::stop_token& stop) const;
    DiscogsResult<void> add_want(const std::string& user, ReleaseId release,
                                 const std::stop_token& stop) const;
    DiscogsResult<void> remove_want(const std::string& user, ReleaseId release,
                                    const std::stop_token& stop) const;

private:
    explicit DiscogsClient(std::unique_ptr<detail::DiscogsTransport> transport);
    std::unique_ptr<detail::DiscogsTransport> transport_;
};

/// May this be a token: 8 to 200 letters, digits and signs without blanks?
bool looks_like_token(std::string_view text);

} // namespace spindle::market
