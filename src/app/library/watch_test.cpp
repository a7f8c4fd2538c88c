// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "app/library/watch.h"
#include "store/sqlite/sqlite_library_store.h"
#include "testing/media.h"
#include "testing/tagged_wav.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class Watching : public ::testing::Test {
protected:
    Watching() {
        backends_.open_library = store::open_sqlite_library;
        fs::create_directories(music());
    }

    fs::path music() const { return folder_ / "music"; }

    void put(const std::string& name, unsigned sound) {
        fs::create_directories((music() / name).parent_path());
        testing::write_tagged_wav(music() / name, {sound, "", "", "", 0, 1.0});
    }

    /// Watches until `change` has been taken in.
    std::vector<AddReport> watch_during(const std::function<void()>& change) {
        WatchOptions options;
        options.folders = {music().string()};
        options.lasting = Lasting::OneChange;
        options.quiet = 200ms;
        std::vector<AddReport> reports;
        std::jthread changes;
        const auto ready = [&](std::size_t) { changes = std::jthread(change); };
        const auto sink = [&](const AddReport& report) { reports.push_back(report); };
        const auto ended = watch_library(backends_, folder_ / "data", options, sink, ready, {});
        EXPECT_TRUE(ended.has_value()) << (ended ? "" : ended.error().message);
        return reports;
    }

    testing::TempFolder folder_{testing::memory_folder()};
    Backends backends_;
};

TEST_F(Watching, TakesInWhatIsNewAndWhatMoves) {
    put("1.wav", 1);
    const auto reports = watch_during([&] {
        put("new/deep/2.wav", 2);
        fs::rename(music() / "1.wav", music() / "new/1.wav");
    });
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_EQ(reports[0].count(Outcome::Added), 1U);
    EXPECT_EQ(reports[1].count(Outcome::Added), 1U);
    EXPECT_EQ(reports[1].count(Outcome::Moved), 1U);
}

TEST_F(Watching, SeesFoldersComeAndGo) {
    put("old/1.wav", 1);
    put("2.wav", 2);
    fs::create_directories(folder_ / "elsewhere");
    testing::write_tagged_wav(folder_ / "elsewhere/3.wav", {3, "", "", "", 0, 1.0});
    const auto reports = watch_during([&] {
        fs::remove_all(music() / "old");
        fs::rename(folder_ / "elsewhere", music() / "arrived");
    });
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_EQ(reports[1].count(Outcome::Added), 1U);
    EXPECT_EQ(reports[1].missing.size(), 1U);
}

TEST_F(Watching, WaitsForFilesThatAreStillBeingWritten) {
    put("1.wav", 1);
    testing::write_tagged_wav(folder_ / "whole.wav", {2, "", "", "", 0, 1.0});
    const std::string bytes = testing::read_bytes(folder_ / "whole.wav");
    const auto reports = watch_during([&] {
        std::ofstream slow(music() / "2.wav", std::ios::binary);
        for (std::size_t at = 0; at < bytes.size(); at += bytes.size() / 8) {
            slow << bytes.substr(at, bytes.size() / 8) << std::flush;
            std::this_thread::sleep_for(60ms);
        }
    });
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_EQ(reports[1].count(Outcome::Added), 1U);
    EXPECT_TRUE(reports[1].failed.empty());
    EXPECT_TRUE(reports[1].warnings.empty());
    EXPECT_NEAR(reports[1].music.count(), 1.0, 0.01);
}

TEST_F(Watching, EndsWhenAsked) {
    put("1.wav", 1);
    std::stop_source stop;
    WatchOptions options;
    options.folders = {music().string()};
    const auto ready = [&](std::size_t) { stop.request_stop(); };
    EXPECT_TRUE(
        watch_library(
            backends_, folder_ / "data", options, [](const AddReport&) {}, ready, stop.get_token())
            .has_value());
}

TEST_F(Watching, NamesAFolderThatIsNotThere) {
    WatchOptions options;
    options.folders = {(music() / "no").string()};
    const auto ended = watch_library(backends_, folder_ / "data", options, {}, {}, {});
    ASSERT_FALSE(ended.has_value());
    EXPECT_EQ(ended.error().code, Code::NotFound);
}

} // namespace
} // namespace spindle::app
