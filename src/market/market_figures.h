// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/release_id.h"
#include "market/quote.h"

namespace spindle::market {

/// What does not change from day to day.
struct ReleaseDescription {
    ReleaseId release;
    MasterId master; ///< 0: none
    std::string artist, title, country;
    std::string format; ///< "CD, Album, Reissue"
    int year = 0;       ///< 0: not known

    bool operator==(const ReleaseDescription&) const = default;
};

/// What Discogs says of a release now, in one request. Nothing where it does not say.
struct MarketFigures : ReleaseDescription {
    std::optional<int> have, want;
    std::optional<double> rating; ///< 0 to 5; nothing without votes
    std::optional<int> votes;
    std::optional<int> for_sale;
    std::optional<Money> lowest; ///< nothing: no copy for sale
    bool blocked_from_sale = false;

    bool operator==(const MarketFigures&) const = default;
};

/// What Discogs suggests to a seller, in the order of kGrades (base/goldmine.h). Nothing for all
/// where it knows too few sales.
using PriceSuggestions = std::array<std::optional<Money>, 8>;

/// Currencies Discogs converts prices to.
std::span<const std::string_view> known_currencies();
bool is_known_currency(std::string_view currency);

/// As quotes, one for each figure that is known; `lowest` also when there is none, as that is news.
/// @param currency what was asked for.
std::vector<Quote> quotes_of(const MarketFigures& figures, const std::string& currency,
                             std::int64_t now);
std::vector<Quote> quotes_of(ReleaseId release, const PriceSuggestions& suggestions,
                             std::int64_t now);

} // namespace spindle::market
