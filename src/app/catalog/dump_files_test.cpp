// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gmock/gmock.h>

#include "app/catalog/dump_files.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using ::testing::HasSubstr;

void write(const std::filesystem::path& path, const std::string& content) {
    std::ofstream(path) << content;
}

TEST(DumpFiles, AreMonthsOfReleasesNewestFirst) {
    const testing::TempFolder folder;
    write(folder / "discogs_20260601_releases.xml.gz", "june");
    write(folder / "discogs_20260601_masters.xml.gz", "masters");
    write(folder / "discogs_20260601_CHECKSUM.txt", "sums");
    write(folder / "discogs_20260701_releases.xml.gz.part", "half of july");
    write(folder / "discogs_20260501_releases.xml.gz.bad", "wrong");
    write(folder / "holiday.jpg", "x");
    std::filesystem::create_directory(folder / "discogs_20260401_releases.xml.gz");
    const auto found = dumps_in(folder.path());
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(to_string(found[0].month), "2026-07");
    EXPECT_FALSE(found[0].complete);
    EXPECT_EQ(found[0].bytes, 12U);
    EXPECT_EQ(found[1].name, "discogs_20260601_releases.xml.gz");
    EXPECT_TRUE(found[1].complete);
    EXPECT_TRUE(found[1].has_sum);
    EXPECT_EQ(found[1].masters, "discogs_20260601_masters.xml.gz");
    EXPECT_TRUE(dumps_in(folder / "nowhere").empty());
}

TEST(DumpFiles, AreFoundByTheirNameAndNothingElseIs) {
    const testing::TempFolder folder;
    write(folder / "discogs_20260601_releases.xml.gz", "june");
    write(folder / "discogs_20260701_releases.xml.gz.part", "half of july");
    write(folder / "secret", "x");
    EXPECT_EQ(find_dump(folder.path(), "discogs_20260601_releases.xml.gz")->bytes, 4U);
    for (const std::string& name :
         {std::string("secret"), std::string(""), std::string("../secret"),
          std::string("/etc/passwd"), std::string("discogs_20260701_releases.xml.gz"),
          std::string("discogs_20260701_releases.xml.gz.part"),
          std::string("./discogs_20260601_releases.xml.gz"),
          std::string("discogs_20260601_releases.xml.gz\0", 33), std::string(100'000, 'x')}) {
        const auto none = find_dump(folder.path(), name);
        ASSERT_FALSE(none) << name.substr(0, 50);
        EXPECT_EQ(none.error().code, Code::NotFound);
        EXPECT_LT(none.error().message.size(), 500U);
    }
}

TEST(DumpFiles, TellRoomAlsoOfFoldersThatAreNotThereYet) {
    const testing::TempFolder folder;
    EXPECT_GT(free_bytes(folder / "a/b/c").value_or(0), 0U);
    EXPECT_GT(free_bytes("/").value_or(0), 0U);
    EXPECT_FALSE(free_bytes(""));
}

} // namespace
} // namespace spindle::app
