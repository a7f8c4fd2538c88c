// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog_file.h"
#include "catalog/edit_distance.h"
#include "catalog/spine_text.h"

namespace spindle::catalog {

/// The words of a reading, each of them a bit: which ones something on the spine is made of.
using TokenSet = std::uint64_t;

/// A term of the catalog from which what was seen may come, by at most one reading error.
struct Source {
    TermHash term = 0;
    std::uint32_t releases = 0; ///< that have the term
    double cost = 0;            ///< of the reading error, in nats
};

/// Something seen that may be a word of an artist or title: a token, an alternative of one, or two
/// neighbours that belong together.
struct SeenWord {
    std::string text; ///< normal form
    TokenSet tokens = 0;
    double cost = 0;             ///< of having to be read this way, in nats
    double leniency = 1;         ///< factor on reading costs: an unsure reader errs more
    std::vector<Source> sources; ///< exact and one error away
    EditPattern pattern;         ///< of text, for quick comparison
    int pairs = 0;               ///< melting_pairs() of text
};

/// Neighbouring tokens that may be a catalog number (or barcode) together.
struct SeenNumber {
    std::string key; ///< number_key, or barcode_key for barcodes
    TokenSet tokens = 0;
    double cost = 0;
    double leniency = 1;
    std::vector<Source> sources;
    EditPattern pattern; ///< of key
    bool is_barcode = false;
    double log_elsewhere = -1e9; ///< ln chance that a spine it does not belong to reads as it
};

/// What it costs, in nats, that a blank was lost, or seen where there is none.
inline constexpr double kJoinCost = 3.2;

/// Words and numbers printed on a spine, about.
inline constexpr double kWordsOfRelease = 6;

/// A reading made ready to be compared with releases. All probabilities are natural logarithms.
struct Query {
    std::vector<double> junk; ///< per token: that it is there for another reason
    double junk_only = 0;     ///< how much better "nothing in the catalog" explains all
                              ///< tokens than a release that explains none
    std::vector<SeenWord> words;
    std::vector<SeenNumber> numbers;
    std::vector<Source> digit_runs; ///< terms of TermKind::DigitRun, for finding only
    TokenSet numerals = 0;          ///< tokens that are volumes or parts: "2", "ii", "two"
    TokenSet number_like = 0;       ///< tokens that look like (part of) a catalog number

    /// ln of how much better `tokens` are explained by something printed with reading cost `cost`,
    /// one of about `of` words of a release, than by junk. Never below 0.
    /// @param log_elsewhere ln chance that it is read on a spine it does not belong to: bounds the
    /// gain, however unlike junk the tokens look.
    double gain(TokenSet tokens, double cost, double of, double log_elsewhere) const;
    double printed = 1; ///< words on all spines of the catalog, about
};

/// How often terms occur, over all files of a catalog.
class TermCounts {
public:
    explicit TermCounts(std::span<const CatalogFile> files);
    std::uint32_t operator()(TermHash term) const;
    void prefetch(TermHash term) const;
    double releases() const { return releases_; }

private:
    std::span<const CatalogFile> files_;
    double releases_ = 0;
};

/// At most this many tokens of a reading are looked at; spines have far fewer.
inline constexpr std::size_t kMostTokens = 48;

Query make_query(const Reading& reading, const TermCounts& counts);

} // namespace spindle::catalog
