// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/release_id.h"

namespace spindle::market {

/// What a quote tells of a release. The names (name_of) are on disk and in JSON: never change one.
enum class Figure {
    Have,
    Want,
    Rating, ///< mean of the votes, 0 to 5
    Votes,
    ForSale,  ///< copies offered now
    Lowest,   ///< the cheapest of them
    Blocked,  ///< 1: Discogs does not let it be sold
    Versions, ///< of its master
    SuggestedMint,
    SuggestedNearMint,
    SuggestedVeryGoodPlus,
    SuggestedVeryGood,
    SuggestedGoodPlus,
    SuggestedGood,
    SuggestedFair,
    SuggestedPoor,
    SoldLow, ///< of past sales, as are the next three
    SoldMedian,
    SoldHigh,
    LastSold, ///< seconds since 1970-01-01 UTC
};
inline constexpr int kFigures = 20;

/// "have", "sold_median", "suggested_vg_plus".
std::string_view name_of(Figure figure);
std::optional<Figure> figure_named(std::string_view name);
/// Is it an amount of money?
bool is_money(Figure figure);

/// Where a figure comes from. The names ("discogs", "page", "catalog") are on disk.
enum class Source {
    Discogs,   ///< its API
    SavedPage, ///< a page the owner saved
    Catalog,   ///< counted in a dump of Discogs
};
std::string_view name_of(Source source);
std::optional<Source> source_named(std::string_view name);

/// One figure at one moment.
struct Quote {
    ReleaseId release;
    Figure figure = Figure::Have;
    std::optional<double> value; ///< nothing: was asked for, and there is none (no copy for sale)
    std::string currency;        ///< of money: ISO 4217; otherwise empty
    Source source = Source::Discogs;
    std::int64_t seen_at = 0; ///< seconds since 1970-01-01 UTC

    bool operator==(const Quote&) const = default;
};

/// Discogs' terms ask that what is shown of its data is at most this old.
inline constexpr std::int64_t kFreshFor = 6LL * 60 * 60; // seconds

/// May it be shown without asking again? Not when it comes from the future: then a clock was set,
/// and nobody knows how old it is.
bool is_fresh(std::int64_t seen_at, std::int64_t now);

/// "just now", "12 min ago", "3 h ago", "5 days ago"; "in the future" when a clock was set back.
std::string age_text(std::int64_t seen_at, std::int64_t now);

/// What Discogs' terms want to see wherever its data is shown.
inline constexpr const char* kDataNotice = "Data provided by Discogs.";

} // namespace spindle::market
