// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/dig/inbox_folders.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

TEST(InboxFolders, AreAllBelowButHiddenOnesAndLinks) {
    const testing::TempFolder folder;
    const fs::path top = folder.path();
    fs::create_directories(top / "2026-11" / "shop");
    fs::create_directories(top / "2026-10");
    fs::create_directories(top / ".stversions" / "2026-11");
    fs::create_directory_symlink(top, top / "2026-11" / "round");
    fs::create_directory_symlink("/", top / "everything");
    const auto found = folders_below(top);
    EXPECT_TRUE(found.is_all);
    EXPECT_THAT(found.folders,
                ElementsAre(top, top / "2026-10", top / "2026-11", top / "2026-11" / "shop"));
}

TEST(InboxFolders, AreNotMoreAndNotDeeperThanIsSaid) {
    const testing::TempFolder folder;
    const fs::path top = folder.path();
    fs::create_directories(top / "a" / "b" / "c");
    const auto shallow = folders_below(top, {.most_folders = 100, .deepest = 2});
    EXPECT_FALSE(shallow.is_all);
    EXPECT_THAT(shallow.folders, ElementsAre(top, top / "a", top / "a" / "b"));
    const auto few = folders_below(top, {.most_folders = 2, .deepest = 9});
    EXPECT_FALSE(few.is_all);
    EXPECT_EQ(few.folders.size(), 2U);
    EXPECT_THAT(folders_below(top / "not there").folders, ElementsAre(top / "not there"));
}

} // namespace
} // namespace spindle::app
