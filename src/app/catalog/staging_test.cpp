// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <optional>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "app/catalog/staging.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using Names = std::set<std::string>;

class StagingTest : public ::testing::Test {
protected:
    fs::path catalog() const { return folder_ / "data" / "catalog"; }
    static void put(const fs::path& path, const std::string& content) {
        fs::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << content;
    }
    static std::string content_of(const fs::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    Names names() const {
        Names names;
        for (const auto& entry : fs::directory_iterator(catalog())) {
            names.insert(entry.path().filename().string());
        }
        return names;
    }

    testing::TempFolder folder_;
};

TEST_F(StagingTest, MakesTheFolderAndScratchBesideTheCatalog) {
    const auto staging = Staging::begin(catalog(), 0).value();
    EXPECT_TRUE(fs::is_directory(staging.scratch()));
    EXPECT_EQ(staging.scratch().parent_path(), catalog()); // the same disk, so that rename works
    EXPECT_EQ(staging.new_file().parent_path(), staging.scratch());
}

TEST_F(StagingTest, PutsTheNewFileInPlaceOfTheOld) {
    put(catalog() / "discogs.catalog", "old");
    {
        auto staging = Staging::begin(catalog(), 0).value();
        put(staging.new_file(), "new");
        put(staging.scratch() / "part", "scratch");
        EXPECT_EQ(content_of(catalog() / "discogs.catalog"), "old");
        EXPECT_EQ(staging.put_in_place("discogs.catalog").value(), catalog() / "discogs.catalog");
        EXPECT_EQ(content_of(catalog() / "discogs.catalog"), "new");
    }
    EXPECT_EQ(names(), (Names{"LOCK", "discogs.catalog"}));
    EXPECT_EQ(content_of(catalog() / "discogs.catalog"), "new");
}

TEST_F(StagingTest, DeletesWhatIsNotPutInPlace) {
    put(catalog() / "discogs.catalog", "old");
    {
        const auto staging = Staging::begin(catalog(), 0).value();
        put(staging.new_file(), "new");
        put(staging.scratch() / "deep" / "part", "scratch");
    }
    EXPECT_EQ(names(), (Names{"LOCK", "discogs.catalog"}));
    EXPECT_EQ(content_of(catalog() / "discogs.catalog"), "old");
}

TEST_F(StagingTest, SaysWhenThereIsNoNewFile) {
    put(catalog() / "discogs.catalog", "old");
    auto staging = Staging::begin(catalog(), 0).value();
    const auto placed = staging.put_in_place("discogs.catalog");
    ASSERT_FALSE(placed);
    EXPECT_THAT(placed.error().message, HasSubstr("discogs.catalog"));
    EXPECT_EQ(content_of(catalog() / "discogs.catalog"), "old");
}

TEST_F(StagingTest, DeletesWhatKilledImportsLeftAndNothingElse) {
    put(catalog() / "import-123" / "new.catalog", "half");
    put(catalog() / "import-4567" / "terms-00", "half");
    put(catalog() / "discogs.catalog", "old");
    put(catalog() / "important.txt", "mine");
    const auto staging = Staging::begin(catalog(), 0).value();
    EXPECT_EQ(names(), (Names{"LOCK", "discogs.catalog", "important.txt",
                              staging.scratch().filename().string()}));
}

TEST_F(StagingTest, KeepsASecondOneOutAndItsHandsOffTheFirst) {
    std::optional<Staging> first(Staging::begin(catalog(), 0).value());
    put(first->new_file(), "new");
    const auto second = Staging::begin(catalog(), 0);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Code::Busy);
    EXPECT_THAT(second.error().message, HasSubstr("process " + std::to_string(::getpid())));
    EXPECT_TRUE(fs::exists(first->new_file()));
    first.reset();
    EXPECT_TRUE(Staging::begin(catalog(), 0));
}

TEST_F(StagingTest, IsHeldByTheOneItWasMovedTo) {
    std::optional<Staging> last;
    {
        auto first = Staging::begin(catalog(), 0).value();
        put(first.new_file(), "new");
        last.emplace(std::move(first));
    }
    EXPECT_EQ(content_of(last->new_file()), "new");
    EXPECT_FALSE(Staging::begin(catalog(), 0));
}

TEST_F(StagingTest, SaysWhatRoomIsMissingAndLeavesNothing) {
    const auto begun = Staging::begin(catalog(), std::uint64_t{1} << 62U);
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().code, Code::NoSpace);
    EXPECT_THAT(begun.error().message,
                AllOf(HasSubstr(catalog().string()), HasSubstr("4611686018.4 GB"),
                      HasSubstr("are free"), HasSubstr("--no-tracks")));
    EXPECT_EQ(names(), Names{"LOCK"});
    EXPECT_TRUE(Staging::begin(catalog(), 1)); // the lock was given back
}

TEST_F(StagingTest, SaysThatTheFolderCannotBeMade) {
    put(folder_ / "data", "a file");
    const auto begun = Staging::begin(catalog(), 0);
    ASSERT_FALSE(begun);
    EXPECT_THAT(begun.error().message, HasSubstr(catalog().string()));
}

} // namespace
} // namespace spindle::app
