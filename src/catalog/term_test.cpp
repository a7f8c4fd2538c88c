// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "catalog/catalog_samples.h"
#include "catalog/term.h"

namespace spindle::catalog {
namespace {

std::vector<TermHash> terms_of(const Release& release) {
    std::vector<TermHash> terms;
    append_terms(release, terms);
    return terms;
}

bool has(const Release& release, TermKind kind, std::string_view text) {
    const auto terms = terms_of(release);
    return std::find(terms.begin(), terms.end(), term_hash(kind, text)) != terms.end();
}

TEST(Term, KindsAreNameSpacesOfTheirOwn) {
    std::set<TermHash> hashes;
    for (const TermKind kind :
         {TermKind::Word, TermKind::Number, TermKind::DigitRun, TermKind::Barcode}) {
        hashes.insert(term_hash(kind, "826535"));
    }
    EXPECT_EQ(hashes.size(), 4U);
}

TEST(Term, IsTheSameInEveryProcess) {
    // Hashes lie in files: a new value needs a new kTermVersion.
    EXPECT_EQ(term_hash(TermKind::Word, "metallica"), 13880766853377183965ULL);
}

TEST(AppendTerms, FindsAReleaseByAllThatIsOnItsSpine) {
    Release release;
    release.artists = {{1, "Prince (2)", "Prinz", "&"}, {2, "The Revolution", "", ""}};
    release.title = "Purple Rain";
    release.labels = {{"Warner Bros. Records", "9 25110-2"}};
    release.barcodes = {"0 7599-25110-2 8"};
    for (const char* word : {"prince", "prinz", "revolution", "purple", "rain"}) {
        EXPECT_TRUE(has(release, TermKind::Word, word)) << word;
    }
    EXPECT_TRUE(has(release, TermKind::Number, "9251102"));
    EXPECT_TRUE(has(release, TermKind::DigitRun, "25110"));
    EXPECT_TRUE(has(release, TermKind::Barcode, "75992511028"));
}

TEST(AppendTerms, LeavesOutWhatIsNotOnIt) {
    Release release;
    release.artists = {{1, "Prince (2)", "", ""}};
    release.title = "Purple Rain";
    release.labels = {{"Warner", ""}};
    release.barcodes = {"12"};
    EXPECT_FALSE(has(release, TermKind::Word, "2")); // the number of a namesake
    EXPECT_FALSE(has(release, TermKind::Word, "warner"));
    EXPECT_FALSE(has(release, TermKind::Word, ""));
    EXPECT_FALSE(has(release, TermKind::Number, ""));
    EXPECT_EQ(terms_of(release).size(), 3U);
}

TEST(AppendTerms, AppendsEachOnceAndSorted) {
    for (std::uint32_t seed = 1; seed < 300; ++seed) {
        const auto terms = terms_of(samples::random_release(seed));
        EXPECT_TRUE(std::is_sorted(terms.begin(), terms.end()));
        EXPECT_EQ(std::adjacent_find(terms.begin(), terms.end()), terms.end());
    }
}

TEST(AppendTerms, KeepsWhatIsThereAlready) {
    std::vector<TermHash> terms{~std::uint64_t{0}, 5, 5};
    Release release;
    release.title = "Love Love";
    append_terms(release, terms);
    EXPECT_EQ(terms,
              (std::vector<TermHash>{~std::uint64_t{0}, 5, 5, term_hash(TermKind::Word, "love")}));
}

} // namespace
} // namespace spindle::catalog
