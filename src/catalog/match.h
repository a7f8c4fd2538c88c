// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/release.h"

namespace spindle::catalog {

/// By what pressings that look alike on the spine can be told apart, easiest to see first.
enum class Mark { CatalogNumber, Barcode, Format, Country, Year, Label, Matrix };
std::string_view name_of(Mark mark);

/// Where a release is known from.
enum class Origin {
    Catalog,
    Fetched, ///< given to the matcher from elsewhere, and not in the catalog
};

/// A pressing that may be the one on the shelf.
struct PressingMatch {
    Release release;           ///< without its tracklist
    double probability = 0;    ///< that it is this very pressing
    double score = 0;          ///< nats, for comparing
    bool number_exact = false; ///< its catalog number was read without an error
    Origin origin = Origin::Catalog;
};

/// A recording and the pressings of it that fit.
struct GroupMatch {
    double probability = 0;               ///< that it is this recording
    std::vector<PressingMatch> pressings; ///< best first
    std::size_t all_pressings = 0;        ///< that the catalog has of it
    /// How many of the first fit equally well: their probabilities differ by what is usual in the
    /// catalog only, not by what was seen. 1 = the pressing is known.
    std::size_t tied = 1;
    std::vector<Mark> look_at; ///< what tells the tied ones apart; empty when there is one
};

/// What a spine is.
enum class Verdict {
    Found,     ///< the first group, with at least the certainty asked for
    Uncertain, ///< candidates, but none certain enough: abstained
    Nothing,   ///< most likely not in the catalog, or unreadable
};
std::string_view name_of(Verdict verdict);

struct MatchResult {
    Verdict verdict = Verdict::Nothing;
    std::vector<GroupMatch> groups; ///< best first; what is not listed is less probable
    double probability_of_none = 1; ///< that none in the catalog is it
    std::size_t reading = 0;        ///< which reading direction made sense
};

} // namespace spindle::catalog
