// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/catalog.h"
#include "catalog/catalog_samples.h"
#include "catalog/retrieval.h"
#include "catalog/shelf_samples.h"
#include "testing/temp_folder.h"

namespace spindle::catalog {
namespace {

class Retrieval : public ::testing::Test {
protected:
    /// The shelf among strangers in one file, and one disc in the owner's.
    static void SetUpTestSuite() {
        folder_ = std::make_unique<testing::TempFolder>(testing::memory_folder());
        auto releases = samples::shelf();
        const auto others = samples::strangers(1000);
        releases.insert(releases.end(), others.begin(), others.end());
        for (std::uint32_t i = 0; i < 200; ++i) { // a word that finds nothing by itself
            releases.push_back(samples::release_of(
                {50'000 + i, 0, ("Someone" + std::to_string(i)).c_str(), "Everywhere"}));
        }
        const std::vector<Release> own{samples::release_of(
            {kFirstOwnRelease, 0, "Home Recording", "Kitchen Tapes", "", "HOME 001"})};
        ASSERT_TRUE(samples::write_catalog(*folder_ / std::string(Catalog::kDumpFile),
                                           folder_->path(), releases));
        ASSERT_TRUE(samples::write_catalog(*folder_ / std::string(Catalog::kOwnFile),
                                           folder_->path(), own));
        catalog_ = std::make_unique<Catalog>(Catalog::open(folder_->path()).value());
    }
    static void TearDownTestSuite() {
        catalog_.reset();
        folder_.reset();
    }
    static std::vector<Candidate> candidates(const std::string& line,
                                             const RetrievalEffort& effort = {}) {
        const TermCounts counts(catalog_->files());
        const Query query = make_query(spine_text_of(line).readings[0], counts);
        return retrieve(catalog_->files(), query, effort);
    }
    static std::vector<std::uint32_t> ids_of(const Candidate& candidate) {
        std::vector<std::uint32_t> ids;
        CardReader reader(catalog_->files()[candidate.file]);
        for (Document document = candidate.documents.first; document < candidate.documents.last;
             ++document) {
            if (const Release* const card = reader.card(document).value(); card != nullptr) {
                ids.push_back(card->id.value);
            }
        }
        return ids;
    }
    static std::unique_ptr<testing::TempFolder> folder_;
    static std::unique_ptr<Catalog> catalog_;
};
std::unique_ptr<testing::TempFolder> Retrieval::folder_;
std::unique_ptr<Catalog> Retrieval::catalog_;

TEST_F(Retrieval, PutsTheGroupThatSharesMostFirst) {
    const auto found = candidates("PINK FLOYD THE DARK SIDE OF THE MOON CDP 7 46001 2");
    ASSERT_FALSE(found.empty());
    EXPECT_THAT(ids_of(found[0]), ::testing::ElementsAre(10, 11, 12, 13));
    EXPECT_TRUE(
        std::is_sorted(found.begin(), found.end(),
                       [](const Candidate& a, const Candidate& b) { return a.score > b.score; }));
}

TEST_F(Retrieval, NamesEachGroupOnce) {
    const auto found = candidates("PINK FLOYD PINK FLOYD THE WISH DARK YOU WERE MOON HERE");
    std::vector<Document> firsts;
    for (const Candidate& candidate : found) {
        firsts.push_back(candidate.documents.first);
    }
    std::sort(firsts.begin(), firsts.end());
    EXPECT_EQ(std::adjacent_find(firsts.begin(), firsts.end()), firsts.end());
    EXPECT_GE(found.size(), 2U);
}

TEST_F(Retrieval, FindsWhatIsOneErrorAway) {
    EXPECT_EQ(ids_of(candidates("PORTISHEND").at(0)).at(0), 70U);
    EXPECT_EQ(ids_of(candidates("828 522-7").at(0)).at(0), 70U);
}

TEST_F(Retrieval, FindsANumberWhoseLettersWereLost) {
    EXPECT_EQ(ids_of(candidates("X 94007 Y").at(0)).at(0), 52U);
}

TEST_F(Retrieval, LooksIntoAllFiles) {
    const auto found = candidates("KITCHEN TAPES");
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].file, 1U);
    EXPECT_EQ(ids_of(found[0]).at(0), kFirstOwnRelease);
}

TEST_F(Retrieval, GivesNoMoreThanAskedFor) {
    RetrievalEffort effort;
    effort.candidates = 5;
    EXPECT_EQ(candidates("EVERYWHERE", effort).size(), 5U);
}

TEST_F(Retrieval, ReadsRareTermsFirstAndStopsWhenTheEffortIsSpent) {
    RetrievalEffort effort;
    effort.postings = 30;
    const auto found = candidates("EVERYWHERE PORTISHEAD DUMMY", effort);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(ids_of(found[0]).at(0), 70U);
    for (const Candidate& candidate : found) {
        EXPECT_LT(ids_of(candidate).at(0), 50'000U);
    }
    // Nothing else to go by: the list is read although it is longer.
    EXPECT_FALSE(candidates("EVERYWHERE", effort).empty());
}

TEST_F(Retrieval, FindsNothingForNothing) {
    EXPECT_TRUE(candidates("").empty());
    EXPECT_TRUE(candidates("qxqzq wzxwz").empty());
}

} // namespace
} // namespace spindle::catalog
