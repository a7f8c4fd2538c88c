// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/query.h"
#include "catalog/release.h"

namespace spindle::catalog {

/// How well a release explains what was read.
struct Evidence {
    double score = 0;  ///< nats better than a release that explains nothing
    double text = 0;   ///< of that, from artist, title and label
    double number = 0; ///< from the catalog number
    double barcode = 0;
    double artist = 0;       ///< of the text, what the artist's words say
    double artist_share = 1; ///< of all that is printed on spines, the rarest of those words
    /// What all of the text would say of another volume of the same title; 0 if the title has no
    /// volume, or it was seen.
    double other_volume = 0;
    TokenSet tokens = 0;       ///< explained
    bool number_exact = false; ///< a catalog number was read without an error
};

/// Compares releases with one query: words and numbers of the release are laid against what was
/// seen, each token explained at most once, the most telling first; words that ought to be on the
/// spine and were not seen count against it. Remembers the words it has compared, because the
/// candidates of a query share most of theirs. One per query; the query and the
/// counts must outlive it.
class EvidenceWeigher {
public:
    EvidenceWeigher(const Query& query, const TermCounts& counts)
        : query_(query), counts_(counts) {}

    Evidence weigh(const Release& release);

private:
    /// Something seen that may be a given word or number, and what that would cost.
    struct Fit {
        TokenSet tokens = 0;
        double cost = 0;
        double log_elsewhere = 0; ///< see Query::gain()
    };
    struct Fits {
        std::vector<Fit> all;
        double share = 0; ///< of what is printed on spines that is this word
    };

    struct PrintedWord {
        std::string text;
        double missing = 0; ///< what it costs if it was not seen
        int field = 0;
        bool repeats = false;   ///< a title word that the artist's name has too
        bool is_volume = false; ///< tells it from others of its title
    };
    struct Explanation {
        double gain = 0;
        TokenSet tokens = 0;
        std::uint64_t words = 0; ///< of the release, by bit
    };

    static void mark_repeats(std::span<const PrintedWord> artist, std::span<PrintedWord> title);
    const Fits& fits_of_word(const std::string& word);
    const Fits& fits_of_number(const std::string& key, bool is_barcode);
    double best_number(const Release& release, Evidence& evidence);
    void explain_words(const std::vector<PrintedWord>& words, double printed, Evidence& evidence);

    const Query& query_;
    const TermCounts& counts_;
    std::unordered_map<std::string, Fits> words_;
    std::unordered_map<std::string, Fits> numbers_;
};

} // namespace spindle::catalog
