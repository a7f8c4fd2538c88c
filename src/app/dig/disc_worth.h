// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/release_id.h"

namespace spindle::app {

/// Buy it? As market::Advice, as a value of a scan.
enum class Buy { Yes, Maybe, No };
/// As in JSON: "buy", "maybe", "leave".
std::string_view name_of(Buy buy);

/// One step from the price to the margin: "fees", -1.32.
struct WorthTerm {
    std::string reason;
    double dollars = 0;
};

/// The other appraisal: the rules of an old hand (market::score_by_rules).
struct RulesWorth {
    double score = 0; ///< dollars
    bool is_good = false;
    std::vector<WorthTerm> terms; ///< they add up to the score
};

/// What a disc is worth, and why. Amounts in US dollars.
struct DiscWorth {
    ReleaseId release;              ///< the pressing asked about: the likeliest
    std::optional<double> lowest;   ///< the cheapest copy for sale
    std::optional<double> for_sale; ///< copies
    std::optional<double> have, want;
    std::int64_t seen_at = 0; ///< when that was so; seconds since 1970 UTC
    /// When the page with its past sales was read, if it was: then `price` comes from those.
    std::optional<std::int64_t> sold_seen_at;
    bool blocked = false;     ///< Discogs does not let it be sold
    double price = 0;         ///< expected at the copy's grade
    double low = 0, high = 0; ///< four of five such discs sell between these
    double margin = 0;        ///< what is left after fees when it is bought at the asking price
    double chance = 0;        ///< of losing nothing
    Buy buy = Buy::No;
    std::string why;                 ///< in a sentence
    std::vector<WorthTerm> terms;    ///< they add up to the margin
    std::optional<RulesWorth> rules; ///< nothing: no price is known
};

} // namespace spindle::app
