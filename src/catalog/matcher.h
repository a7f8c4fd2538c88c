// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "catalog/match.h"
#include "catalog/retrieval.h"
#include "catalog/spine_text.h"

namespace spindle::catalog {

/// How a matcher decides.
struct MatchOptions {
    /// Below this the first group is not called found. Wrong answers cost more than none: who gets
    /// a wrong disc pays for it, who gets a list looks at the disc.
    double certainty = 0.8;
    /// What is on the shelf, if that is known ("CD"): other formats become unlikely, not
    /// impossible. Empty = anything.
    std::vector<std::string> formats;
    std::size_t groups = 5;    ///< listed at most
    std::size_t pressings = 8; ///< of a group listed at most; tied ones up to four times as many
    RetrievalEffort effort;
    /// Releases there are, of which those fetched are some: whoever searches among more finds
    /// likenesses more easily. Discogs' dump of July 2026.
    double releases_elsewhere = 19.3e6;
};

/// Finds the release that a spine belongs to, as a noisy channel: for every candidate, how likely
/// is it that a reader would have seen this if that were printed? Words, catalog number and barcode
/// each add their evidence; a misread sign lowers it and never ends it. Which rival explanations
/// there are (numbers one error away, namesakes, nothing in the catalog at all) decides how sure
/// the answer is.
///
/// Method: mixture of printed words and junk per token (after the noisy-channel spelling model of
/// Brill and Moore, ACL 2000, with one error enumerated and more compared); posterior over
/// recording groups and "none"; how honest it is was measured (docs/catalog.md).
///
/// Thread-safe; the catalog must outlive it. A few milliseconds on 19 million releases.
class Matcher {
public:
    explicit Matcher(const Catalog& catalog, MatchOptions options = {});

    /// Code::BadInput when the catalog is damaged where it was read.
    Result<MatchResult> match(const SpineText& spine) const;

    /// The same, with releases that were fetched from elsewhere (a search of Discogs) among the
    /// candidates; those the catalog has too are passed over. How rare a word is the catalog alone
    /// tells; with Catalog::none() the order is right and the probabilities are too high.
    Result<MatchResult> match(const SpineText& spine, std::span<const Release> fetched) const;

private:
    const Catalog& catalog_;
    MatchOptions options_;
    TermCounts counts_;
};

} // namespace spindle::catalog
