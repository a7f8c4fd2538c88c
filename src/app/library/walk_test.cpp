// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "app/library/walk.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

namespace fs = std::filesystem;

class Walking : public ::testing::Test {
protected:
    void put(const std::string& name) {
        fs::create_directories((folder_ / name).parent_path());
        std::ofstream(folder_ / name) << name;
    }
    Walk walk() {
        Walk result;
        Walker walker(result, {}, [] {});
        walker.add_folder(folder_.path());
        return result;
    }
    std::string names(const Walk& walk) const {
        std::string text;
        for (const FoundFile& file : walk.files) {
            text += fs::path(file.path).lexically_relative(folder_.path()).string() + " ";
        }
        return text;
    }
    testing::TempFolder folder_;
};

TEST_F(Walking, FindsMusicInOrderAndNothingElse) {
    put("b/2.FLAC");
    put("b/cover.jpg");
    put("a/1.mp3");
    put("c.txt");
    put("z.ogg");
    EXPECT_EQ(names(walk()), "z.ogg a/1.mp3 b/2.FLAC ");
}

TEST_F(Walking, LeavesHiddenOnesOutAndCountsThem) {
    put(".hidden.mp3");
    put(".trash/a.mp3");
    put("._resource.mp3");
    put("a.mp3");
    const auto result = walk();
    EXPECT_EQ(names(result), "a.mp3 ");
    EXPECT_EQ(result.hidden, 1U);
}

TEST_F(Walking, EndsInLoopsOfLinks) {
    put("a/1.mp3");
    fs::create_directory_symlink("..", folder_ / "a/up");
    fs::create_directory_symlink(folder_ / "a", folder_ / "again");
    fs::create_symlink("self", folder_ / "self");
    const auto result = walk();
    EXPECT_EQ(names(result), "a/1.mp3 ");
    EXPECT_EQ(result.link_loops.size(), 1U);
    EXPECT_EQ(result.unreadable.size(), 1U); // "self" leads nowhere at all
}

TEST_F(Walking, FollowsLinksToOtherPlacesOnce) {
    const testing::TempFolder elsewhere;
    fs::create_directories(elsewhere / "x");
    std::ofstream(elsewhere / "x/1.mp3") << "1";
    fs::create_directory_symlink(elsewhere.path(), folder_ / "linked");
    fs::create_directory_symlink(elsewhere / "x", folder_ / "linked2");
    fs::create_symlink(elsewhere / "x/1.mp3", folder_ / "0.mp3");
    EXPECT_EQ(walk().files.size(), 1U);
}

TEST_F(Walking, PrefersRealNamesToLinks) {
    put("real/1.mp3");
    fs::create_directory_symlink("real", folder_ / "alias");
    fs::create_symlink("real/1.mp3", folder_ / "0.mp3");
    EXPECT_EQ(names(walk()), "real/1.mp3 ");
}

TEST_F(Walking, NamesLinksToNowhereThatLookLikeMusic) {
    fs::create_symlink("gone.mp3", folder_ / "broken.mp3");
    fs::create_symlink("gone", folder_ / "broken");
    const auto result = walk();
    ASSERT_EQ(result.unreadable.size(), 1U);
    EXPECT_EQ(result.unreadable[0].path, folder_ / "broken.mp3");
}

TEST_F(Walking, SurvivesFoldersNestedDeeply) {
    fs::path deep = folder_.path();
    for (int i = 0; i < 150; ++i) {
        deep /= "d";
    }
    fs::create_directories(deep);
    std::ofstream(deep.parent_path() / "1.mp3") << "1";
    EXPECT_EQ(walk().files.size(), 1U);
}

TEST_F(Walking, TellsAnEmptyRoot) {
    EXPECT_EQ(walk().empty_roots.size(), 1U);
    put("a.txt");
    EXPECT_TRUE(walk().empty_roots.empty());
}

TEST_F(Walking, LeavesOutAFolderWhateverWayLeadsThere) {
    put("data/1.mp3");
    put("data/jobs/2.mp3");
    put("music/3.mp3");
    fs::create_directory_symlink(folder_ / "data", folder_ / "music/link");
    Walk result;
    Walker walker(result, {}, [] {});
    walker.leave_out(folder_ / "data");
    walker.leave_out(folder_ / "nowhere");
    walker.add_folder(folder_.path());
    EXPECT_EQ(names(result), "music/3.mp3 ");
}

} // namespace
} // namespace spindle::app
