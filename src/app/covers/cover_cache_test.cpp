// SPDX-License-Identifier: Apache-2.0
#include <thread>

#include <gtest/gtest.h>

#include "app/covers/cover_cache.h"
#include "io/file.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

namespace fs = std::filesystem;

std::size_t files_in(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(CoverCache, KeepsCoversAndThatThereIsNone) {
    const testing::TempFolder folder;
    CoverCache cache(folder / "covers", {});
    EXPECT_TRUE(std::holds_alternative<CoverCache::Unknown>(cache.find("a")));
    ASSERT_TRUE(cache.put("a", "picture"));
    ASSERT_TRUE(cache.put("b", ""));
    const auto found = cache.find("a");
    ASSERT_TRUE(std::holds_alternative<fs::path>(found));
    EXPECT_EQ(io::read_file(std::get<fs::path>(found), 100).value(), "picture");
    EXPECT_TRUE(std::holds_alternative<CoverCache::None>(cache.find("b")));
    ASSERT_TRUE(cache.put("b", "found later"));
    EXPECT_TRUE(std::holds_alternative<fs::path>(cache.find("b")));
}

TEST(CoverCache, BelievesThatThereIsNoneForAWhileOnly) {
    const testing::TempFolder folder;
    CoverCache cache(folder / "covers", {});
    ASSERT_TRUE(cache.put("a", ""));
    for (const auto& entry : fs::directory_iterator(folder / "covers")) {
        fs::last_write_time(entry.path(),
                            fs::file_time_type::clock::now() - std::chrono::hours{24 * 15});
    }
    EXPECT_TRUE(std::holds_alternative<CoverCache::Unknown>(cache.find("a")));
}

TEST(CoverCache, MakesRoomByForgettingTheOldest) {
    const testing::TempFolder folder;
    CoverCache cache(folder / "covers", {.most_bytes = 1000, .most_files = 20});
    for (int i = 0; i < 40; ++i) {
        ASSERT_TRUE(cache.put(std::to_string(i), std::string(100, 'x')));
        std::this_thread::sleep_for(std::chrono::milliseconds{5}); // the clock of files is coarse
    }
    EXPECT_LE(files_in(folder / "covers"), 10U);
    EXPECT_TRUE(std::holds_alternative<fs::path>(cache.find("39")));
    EXPECT_TRUE(std::holds_alternative<CoverCache::Unknown>(cache.find("0")));
    for (int i = 0; i < 60; ++i) {
        ASSERT_TRUE(cache.put("none " + std::to_string(i), ""));
    }
    EXPECT_LE(files_in(folder / "covers"), 20U);
}

} // namespace
} // namespace spindle::app
