// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "catalog/builder.h"
#include "catalog/catalog_file.h"
#include "catalog/catalog_samples.h"
#include "io/file.h"
#include "testing/temp_folder.h"

namespace spindle::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class CatalogBuilding : public ::testing::Test {
protected:
    std::vector<std::string> left_behind() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
            names.push_back(entry.path().filename().string());
        }
        return names;
    }
    CatalogBuilder created() const {
        auto builder = CatalogBuilder::create(file_, folder_.path(), {});
        EXPECT_TRUE(builder) << builder.error().message;
        return std::move(builder).value();
    }

    testing::TempFolder folder_{testing::memory_folder()};
    std::filesystem::path file_ = folder_ / "test.catalog";
};

/// More releases than one part takes, so that parts are ordered side by side.
std::vector<Release> many_releases() {
    std::vector<Release> releases(60'000);
    for (std::uint32_t i = 0; i < releases.size(); ++i) {
        releases[i].id.value = i + 1;
        releases[i].master.value = i % 7 == 0 ? 1 + i % 1000 : 0;
        releases[i].title = "Title " + std::to_string(i / 2);
        releases[i].labels = {{"", "N" + std::to_string(i)}};
    }
    return releases;
}

TEST_F(CatalogBuilding, MakesTheSameFileWhateverTheNumberOfThreads) {
    const auto releases = many_releases();
    std::set<std::string> contents;
    for (const unsigned threads : {1U, 4U, 4U}) {
        samples::BuildPlan plan;
        plan.threads = threads;
        ASSERT_TRUE(samples::write_catalog(file_, folder_.path(), releases, plan));
        contents.insert(io::read_file(file_, 1U << 30U).value());
    }
    EXPECT_EQ(contents.size(), 1U);
}

TEST_F(CatalogBuilding, JoinsPartsWithoutLosingAReleaseOrSplittingAGroup) {
    const auto releases = many_releases();
    samples::BuildPlan plan;
    plan.threads = 2;
    ASSERT_TRUE(samples::write_catalog(file_, folder_.path(), releases, plan));
    const auto file = CatalogFile::open(file_);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->releases(), releases.size());
    EXPECT_GT(file->documents(), file->releases() + 63); // numbers between parts are not in use
    CardReader reader(*file);
    std::set<Document> used;
    for (const Release& release : releases) {
        const auto document = file->find(release.id);
        ASSERT_TRUE(document && used.insert(*document).second) << release.id.value;
        const auto card = reader.card(*document);
        ASSERT_TRUE(card && *card != nullptr);
        ASSERT_EQ((*card)->labels, release.labels);
        std::vector<Document> found;
        const auto number = term_hash(TermKind::Number, "N" + release.labels[0].number.substr(1));
        ASSERT_EQ(file->read(number, 9, found), 1U);
        ASSERT_THAT(found, ElementsAre(*document));
    }
    for (std::uint32_t i = 1; i < releases.size(); i += 2) { // pairs of one title, without a master
        if (releases[i].master.value == 0 && releases[i - 1].master.value == 0) {
            const Document first = file->find(releases[i - 1].id).value();
            const DocumentRange group = file->group_of(first);
            EXPECT_EQ(group.first, first);
            EXPECT_EQ(file->find(releases[i].id).value(), first + 1);
            EXPECT_GE(group.last, first + 2);
        }
    }
}

TEST_F(CatalogBuilding, TakesReleasesFromManyThreads) {
    const auto releases = samples::random_releases(1, 4000);
    CatalogBuilder builder = created();
    {
        std::vector<std::jthread> threads;
        for (std::size_t thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&, thread] {
                ASSERT_TRUE(builder.add(std::span(releases).subspan(thread * 1000, 1000)));
            });
        }
    }
    EXPECT_EQ(builder.releases(), 4000U);
    ASSERT_TRUE(samples::run_builder(builder, {}, {}));
    const auto several = io::read_file(file_, 1U << 30U).value();
    ASSERT_TRUE(samples::write_catalog(file_, folder_.path(), releases));
    EXPECT_TRUE(several == io::read_file(file_, 1U << 30U).value());
}

TEST_F(CatalogBuilding, CountsTheVersionsOfAMasterThatAreNotTakenToo) {
    std::vector<Release> releases(2);
    releases[0].id.value = 1;
    releases[0].master.value = 9;
    releases[1].id.value = 2;
    releases[1].versions = 77; // what came in with the release is not believed
    releases[1].first_year = 1900;
    samples::BuildPlan plan;
    plan.other_versions = {MasterId{9}, MasterId{9}, MasterId{0}, MasterId{5}};
    plan.first_years = {{MasterId{9}, 1977}, {MasterId{5}, 1966}, {MasterId{0}, 1955}};
    ASSERT_TRUE(samples::write_catalog(file_, folder_.path(), releases, plan));
    const auto file = CatalogFile::open(file_);
    ASSERT_TRUE(file);
    CardReader reader(*file);
    const Release first = reader.release(file->find(ReleaseId{1}).value()).value();
    EXPECT_EQ(first.versions, 3U);
    EXPECT_EQ(first.first_year, 1977);
    const Release second = reader.release(file->find(ReleaseId{2}).value()).value();
    EXPECT_EQ(second.versions, 0U);
    EXPECT_EQ(second.first_year, 0);
}

TEST_F(CatalogBuilding, TakesAMasterNumberNobodyCanHave) {
    std::vector<Release> releases(1);
    releases[0].id.value = 1;
    releases[0].master.value = ~0U; // a table by master number would take 32 GB
    ASSERT_TRUE(samples::write_catalog(file_, folder_.path(), releases));
    const auto file = CatalogFile::open(file_);
    EXPECT_EQ(CardReader(*file).release(file->find(ReleaseId{1}).value())->master.value, ~0U);
}

TEST_F(CatalogBuilding, LeavesNothingButTheFileBehind) {
    ASSERT_TRUE(samples::write_catalog(file_, folder_.path(), samples::random_releases(1, 500)));
    EXPECT_THAT(left_behind(), ElementsAre("test.catalog"));
}

TEST_F(CatalogBuilding, LeavesNothingBehindWhereverItIsGivenUp) {
    const auto releases = samples::random_releases(1, 500);
    { const CatalogBuilder builder = created(); }
    EXPECT_THAT(left_behind(), IsEmpty());
    {
        CatalogBuilder builder = created();
        ASSERT_TRUE(builder.add(releases));
    }
    EXPECT_THAT(left_behind(), IsEmpty());
    {
        CatalogBuilder builder = created();
        ASSERT_TRUE(builder.add(releases));
        ASSERT_TRUE(builder.seal());
        ASSERT_TRUE(builder.order(0));
        ASSERT_TRUE(builder.index(0));
    }
    EXPECT_THAT(left_behind(), IsEmpty());
}

TEST_F(CatalogBuilding, WakesWorkersThatWaitWhenItIsAbandoned) {
    CatalogBuilder builder = created();
    ASSERT_TRUE(builder.add(samples::random_releases(1, 50)));
    ASSERT_TRUE(builder.seal());
    ASSERT_TRUE(builder.order(0));
    Result<void> waited;
    {
        const std::jthread worker([&] { waited = builder.index(1); }); // 0 never comes
        builder.abandon();
    }
    ASSERT_FALSE(waited);
    EXPECT_EQ(waited.error().code, Code::Cancelled);
}

TEST_F(CatalogBuilding, SaysWhereItCannotWrite) {
    const auto no_folder = CatalogBuilder::create(folder_ / "no/file", folder_.path(), {});
    ASSERT_FALSE(no_folder);
    EXPECT_EQ(no_folder.error().code, Code::NotFound);
    const auto no_scratch = CatalogBuilder::create(file_, folder_ / "no", {});
    ASSERT_FALSE(no_scratch);
    EXPECT_EQ(no_scratch.error().code, Code::NotFound);
    EXPECT_THAT(left_behind(), IsEmpty());
}

TEST_F(CatalogBuilding, NamesTheFileThatFindsTheDiskFull) {
    // Each of these lies on a disk that is full in turn.
    for (const char* name : {"test.catalog", "releases-000", "releases-127"}) {
        std::filesystem::create_symlink("/dev/full", folder_ / name);
        std::vector<Release> releases = samples::random_releases(1, 3000);
        const auto done = samples::write_catalog(file_, folder_.path(), releases);
        ASSERT_FALSE(done) << name;
        EXPECT_EQ(done.error().code, Code::NoSpace) << name;
        EXPECT_THAT(done.error().message, HasSubstr(folder_ / name));
        EXPECT_THAT(left_behind(), IsEmpty()) << name;
        std::filesystem::remove(folder_ / name);
    }
}

TEST_F(CatalogBuilding, FindsTheDiskFullOfPostings) {
    std::filesystem::create_symlink("/dev/full", folder_ / "terms-63");
    const auto done =
        samples::write_catalog(file_, folder_.path(), samples::random_releases(1, 3000));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, Code::NoSpace);
    EXPECT_THAT(left_behind(), IsEmpty());
}

/// No file can grow beyond this while it lives.
class LargestFile {
public:
    explicit LargestFile(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~LargestFile() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        (void)std::signal(SIGXFSZ, signal_);
    }
    LargestFile(const LargestFile&) = delete;
    LargestFile& operator=(const LargestFile&) = delete;

private:
    rlimit before_{};
    void (*signal_)(int) = std::signal(SIGXFSZ, SIG_IGN);
};

TEST_F(CatalogBuilding, LeavesNothingBehindWhereverTheFileCannotGrow) {
    const auto releases = samples::random_releases(1, 2000);
    std::size_t failures = 0;
    bool succeeded = false;
    for (rlim_t most = 4; !succeeded && most < (1U << 30U); most = most * 2) {
        Result<void> done;
        {
            const LargestFile limit(most);
            done = samples::write_catalog(file_, folder_.path(), releases);
        }
        succeeded = done.has_value();
        if (!succeeded) {
            ++failures;
            EXPECT_THAT(done.error().message, HasSubstr(folder_.path().string())) << most;
            EXPECT_THAT(left_behind(), IsEmpty()) << most;
        }
    }
    EXPECT_TRUE(succeeded);
    EXPECT_GT(failures, 10U);
}

} // namespace
} // namespace spindle::catalog
