// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/catalog_file.h"
#include "catalog/catalog_samples.h"
#include "catalog/group_key.h"
#include "testing/temp_folder.h"

namespace spindle::catalog {
namespace {

using ::testing::HasSubstr;

class CatalogFileOnDisk : public ::testing::Test {
protected:
    CatalogFile written(const std::vector<Release>& releases,
                        const samples::BuildPlan& plan = {}) const {
        const auto done = samples::write_catalog(file_, folder_.path(), releases, plan);
        EXPECT_TRUE(done) << done.error().message;
        auto opened = CatalogFile::open(file_);
        EXPECT_TRUE(opened) << opened.error().message;
        return std::move(opened).value();
    }

    testing::TempFolder folder_{testing::memory_folder()};
    std::filesystem::path file_ = folder_ / "test.catalog";
};

TEST_F(CatalogFileOnDisk, HasEveryReleaseWithAllFieldsAndTracks) {
    auto releases = samples::random_releases(1, 3000);
    samples::BuildPlan plan;
    plan.first_years = {{MasterId{3}, 1971}, {MasterId{4}, 1999}};
    plan.other_versions = {MasterId{3}, MasterId{3}, MasterId{0}};
    std::map<MasterId, std::uint32_t> versions{{MasterId{3}, 2}};
    for (const Release& release : releases) {
        ++versions[release.master];
    }
    versions[MasterId{0}] = 0;
    std::mt19937 random(1);
    std::shuffle(releases.begin(), releases.end(), random);

    const CatalogFile file = written(releases, plan);
    EXPECT_EQ(file.releases(), 3000U);
    EXPECT_EQ(file.bytes(), std::filesystem::file_size(file_));
    EXPECT_EQ(file.path(), file_);
    EXPECT_TRUE(file.verify());
    CardReader reader(file);
    for (Release expected : releases) {
        expected.versions = versions[expected.master];
        expected.first_year = expected.master.value == 3   ? 1971
                              : expected.master.value == 4 ? 1999
                                                           : 0;
        const auto document = file.find(expected.id);
        ASSERT_TRUE(document) << expected.id.value;
        ASSERT_LT(*document, file.documents());
        const auto whole = reader.release(*document);
        ASSERT_TRUE(whole) << whole.error().message;
        EXPECT_EQ(*whole, expected) << expected.id.value;
        const auto card = reader.card(*document);
        ASSERT_TRUE(card);
        expected.tracks.clear();
        EXPECT_EQ(**card, expected) << expected.id.value;
    }
}

TEST_F(CatalogFileOnDisk, KnowsNoOtherReleases) {
    const CatalogFile file = written(samples::random_releases(100, 50));
    for (const std::uint32_t id : {0U, 1U, 99U, 150U, kFirstOwnRelease, ~0U}) {
        EXPECT_FALSE(file.find(ReleaseId{id})) << id;
    }
}

TEST_F(CatalogFileOnDisk, ListsItsReleasesByNumberInWhateverOrderTheyCame) {
    std::vector<Release> releases;
    for (const std::uint32_t id : {70U, kFirstOwnRelease + 3, 1U, ~0U, 36'000'000U, 5U}) {
        releases.push_back(samples::random_release(id));
    }
    const CatalogFile file = written(releases);
    EXPECT_THAT(file.ids(), ::testing::ElementsAre(
                                ReleaseId{1}, ReleaseId{5}, ReleaseId{70}, ReleaseId{36'000'000},
                                ReleaseId{kFirstOwnRelease + 3}, ReleaseId{~0U}));
    CardReader reader(file);
    for (const ReleaseId id : file.ids()) {
        EXPECT_EQ((*reader.card(file.find(id).value()))->id, id);
    }
}

TEST_F(CatalogFileOnDisk, GivesJustThePressingsOfARecordingAsItsGroup) {
    const auto releases = samples::random_releases(1, 2000);
    std::map<std::uint64_t, std::set<ReleaseId>> groups;
    for (const Release& release : releases) {
        groups[group_key(release)].insert(release.id);
    }
    const CatalogFile file = written(releases);
    EXPECT_EQ(file.groups(), groups.size());
    CardReader reader(file);
    for (const Release& release : releases) {
        const DocumentRange range = file.group_of(file.find(release.id).value());
        std::set<ReleaseId> together;
        for (Document document = range.first; document < range.last; ++document) {
            if (const Release* const card = reader.card(document).value(); card != nullptr) {
                together.insert(card->id);
            }
        }
        ASSERT_EQ(together, groups[group_key(release)]) << release.id.value;
    }
}

TEST_F(CatalogFileOnDisk, FindsTheReleasesOfEveryTerm) {
    const auto releases = samples::random_releases(1, 3000);
    const CatalogFile file = written(releases);
    std::map<TermHash, std::vector<Document>> expected;
    for (const Release& release : releases) {
        std::vector<TermHash> terms;
        append_terms(release, terms);
        for (const TermHash term : terms) {
            expected[term].push_back(file.find(release.id).value());
        }
    }
    for (auto& [term, documents] : expected) {
        std::sort(documents.begin(), documents.end());
        const auto count = static_cast<std::uint32_t>(documents.size());
        file.prefetch(term);
        ASSERT_EQ(file.count(term), count);
        std::vector<Document> found;
        ASSERT_EQ(file.read(term, count, found), count);
        ASSERT_EQ(found, documents);
    }
    EXPECT_GT(expected.size(), 3000U);
}

TEST_F(CatalogFileOnDisk, ReadsNoListLongerThanAskedForButSaysHowLong) {
    std::vector<Release> releases(10);
    for (std::uint32_t i = 0; i < 10; ++i) {
        releases[i].id.value = i + 1;
        releases[i].title = i == 0 ? "Common Rare" : "Common";
    }
    const CatalogFile file = written(releases);
    std::vector<Document> found{77};
    EXPECT_EQ(file.read(term_hash(TermKind::Word, "common"), 9, found), 10U);
    EXPECT_EQ(found, std::vector<Document>{77});
    EXPECT_EQ(file.read(term_hash(TermKind::Word, "rare"), 9, found), 1U);
    EXPECT_EQ(found.size(), 2U); // appended
}

TEST_F(CatalogFileOnDisk, FindsNothingForTermsNoReleaseHas) {
    const CatalogFile file = written(samples::random_releases(1, 500));
    std::mt19937_64 random(9);
    std::vector<Document> found;
    for (int i = 0; i < 20'000; ++i) {
        const TermHash term = random();
        ASSERT_EQ(file.count(term), 0U);
        ASSERT_EQ(file.read(term, 1000, found), 0U);
    }
    EXPECT_TRUE(found.empty());
}

TEST_F(CatalogFileOnDisk, LeavesTracklistsOutWhenAsked) {
    const auto releases = samples::random_releases(1, 300);
    const std::uint64_t with = written(releases).bytes();
    samples::BuildPlan plan;
    plan.options.with_tracks = false;
    const CatalogFile file = written(releases, plan);
    EXPECT_LT(file.bytes(), with);
    EXPECT_TRUE(file.verify());
    CardReader reader(file);
    for (const Release& release : releases) {
        const auto read = reader.release(file.find(release.id).value());
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_EQ(read->title, release.title);
        EXPECT_TRUE(read->tracks.empty());
    }
}

TEST_F(CatalogFileOnDisk, MayHoldOneRelease) {
    const CatalogFile file = written(samples::random_releases(5, 1));
    EXPECT_EQ(file.releases(), 1U);
    EXPECT_EQ(file.groups(), 1U);
    const Document document = file.find(ReleaseId{5}).value();
    EXPECT_LE(file.group_of(document).first, document);
    EXPECT_GT(file.group_of(document).last, document);
    EXPECT_TRUE(file.verify());
}

TEST_F(CatalogFileOnDisk, MayHoldNone) {
    const CatalogFile file = written({});
    EXPECT_EQ(file.releases(), 0U);
    EXPECT_EQ(file.groups(), 0U);
    EXPECT_EQ(file.documents(), 0U);
    EXPECT_TRUE(file.ids().empty());
    EXPECT_FALSE(file.find(ReleaseId{1}));
    EXPECT_EQ(file.count(term_hash(TermKind::Word, "love")), 0U);
    EXPECT_EQ(file.group_of(0).last, 0U);
    EXPECT_TRUE(file.verify());
}

TEST_F(CatalogFileOnDisk, KeepsWhatIsSaidAboutIt) {
    samples::BuildPlan plan;
    plan.about = {{"source", "discogs_20260101_releases.xml.gz"},
                  {"remark", "with blanks: \"quoted\", Ümläute"},
                  {"empty", ""}};
    const CatalogFile file = written(samples::random_releases(1, 3), plan);
    EXPECT_EQ(file.about(),
              (std::map<std::string, std::string>(plan.about.begin(), plan.about.end())));
}

TEST_F(CatalogFileOnDisk, GivesNothingForANumberThatIsNotInUse) {
    const CatalogFile file = written(samples::random_releases(1, 65)); // two blocks of 64
    ASSERT_EQ(file.documents(), 128U);
    CardReader reader(file);
    std::set<ReleaseId> ids;
    std::size_t unused = 0;
    for (Document document = 0; document < file.documents(); ++document) {
        const auto card = reader.card(document);
        ASSERT_TRUE(card);
        if (*card != nullptr) {
            ids.insert((*card)->id);
        } else {
            ++unused;
            EXPECT_FALSE(reader.release(document));
        }
    }
    EXPECT_EQ(ids.size(), 65U);
    EXPECT_EQ(unused, 63U);
    EXPECT_FALSE(reader.card(file.documents()));
    EXPECT_FALSE(reader.card(~0U));
}

TEST_F(CatalogFileOnDisk, ServesManyThreads) {
    const auto releases = samples::random_releases(1, 1500);
    const CatalogFile file = written(releases);
    std::vector<std::jthread> threads;
    for (unsigned thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            CardReader reader(file);
            for (std::size_t i = thread; i < releases.size(); i += 3) {
                const auto read = reader.release(file.find(releases[i].id).value());
                ASSERT_TRUE(read);
                ASSERT_EQ(read->title, releases[i].title);
            }
        });
    }
}

TEST_F(CatalogFileOnDisk, StaysReadableWhenMoved) {
    CatalogFile first = written(samples::random_releases(1, 10));
    const CatalogFile second = std::move(first);
    EXPECT_TRUE(second.find(ReleaseId{10}));
}

TEST_F(CatalogFileOnDisk, IsNotFoundWhereThereIsNone) {
    const auto none = CatalogFile::open(folder_ / "nowhere.catalog");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, Code::NotFound);
    EXPECT_THAT(none.error().message, HasSubstr("nowhere.catalog"));
}

} // namespace
} // namespace spindle::catalog
