// SPDX-License-Identifier: Apache-2.0
// Which photos are taken and where results go; a scan is pretended.
#include <fstream>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/dig/scan_folder.h"
#include "app/dig/watch_photos.h"
#include "image/encode.h"
#include "io/file.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

class WatchPhotos : public ::testing::Test {
protected:
    fs::path inbox() const { return folder_ / "inbox"; }

    /// A photo of its own, by its shade.
    void put(const fs::path& name, std::uint8_t shade) const {
        fs::create_directories((inbox() / name).parent_path());
        image::Picture picture{320, 240, image::Channels::Rgb, {}};
        picture.pixels.assign(std::size_t{320} * 240 * 3, shade);
        ASSERT_TRUE(image::write_picture(picture, inbox() / name));
    }
    /// Looks once. @return what was scanned
    std::vector<std::string> watch(PhotoWatchOptions options) {
        options.folder = inbox();
        options.once = true;
        options.quiet = std::chrono::milliseconds{1};
        std::vector<std::string> scanned;
        const ScanPhoto scan = [](const fs::path& photo, const fs::path& folder,
                                  const fs::path&) -> Result<ScanReport> {
            SPINDLE_TRY_VOID(io::write_atomically(folder / marked_file(0), "marked"));
            ScanReport report;
            report.photos.emplace_back().path = photo;
            return report;
        };
        const auto sink = [&](const WatchedPhoto& watched) {
            if (watched.error) {
                told_.push_back(watched.error->message);
            } else {
                scanned.push_back(watched.photo.lexically_relative(inbox()).string());
            }
        };
        EXPECT_TRUE(watch_photos(folder_ / "data", options, scan, sink, [] {}, {}));
        return scanned;
    }
    std::set<std::string> files_below(const fs::path& folder) const {
        std::set<std::string> files;
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            if (entry.is_regular_file()) {
                files.insert(entry.path().lexically_relative(folder).string());
            }
        }
        return files;
    }

    testing::TempFolder folder_;
    std::vector<std::string> told_;
};

TEST_F(WatchPhotos, LeavesFoldersBelowAloneUnlessTold) {
    put("rack.png", 10);
    put("2026-11-20/rack.png", 20);
    EXPECT_THAT(watch({}), ElementsAre("rack.png"));
    PhotoWatchOptions all;
    all.below = SubFolders::Watched;
    EXPECT_THAT(watch(all), ElementsAre("2026-11-20/rack.png"));
    EXPECT_THAT(files_below(inbox()),
                UnorderedElementsAre("rack.png", "rack-spindle.jpg", "rack-spindle.json",
                                     "2026-11-20/rack.png", "2026-11-20/rack-spindle.jpg",
                                     "2026-11-20/rack-spindle.json"));
    EXPECT_TRUE(watch(all).empty()); // nothing twice, and no result is a photo
}

TEST_F(WatchPhotos, PutsResultsElsewhereInFoldersOfTheSameNames) {
    put("rack.png", 10);
    put("shop/box/rack.png", 20);
    PhotoWatchOptions options;
    options.below = SubFolders::Watched;
    options.out = inbox() / "scanned"; // below what is watched
    EXPECT_EQ(watch(options).size(), 2U);
    EXPECT_THAT(files_below(options.out),
                UnorderedElementsAre("rack-spindle.jpg", "rack-spindle.json",
                                     "shop/box/rack-spindle.jpg", "shop/box/rack-spindle.json"));
    EXPECT_TRUE(watch(options).empty());
}

TEST_F(WatchPhotos, TellsOfEachEmptyFileAndEnds) {
    put("rack.png", 10);
    for (const char* name : {"a.jpg", "b.jpg"}) {
        std::ofstream(inbox() / name) << "";
    }
    PhotoWatchOptions options;
    options.patience = std::chrono::milliseconds{50};
    EXPECT_THAT(watch(options), ElementsAre("rack.png"));
    EXPECT_THAT(told_, ElementsAre(HasSubstr("a.jpg"), HasSubstr("b.jpg")));
}

TEST_F(WatchPhotos, SaysOnceThatThereAreTooManyFolders) {
    put("a/rack.png", 10);
    put("b/rack.png", 20);
    PhotoWatchOptions options;
    options.below = SubFolders::Watched;
    options.limits.most_folders = 2;
    EXPECT_THAT(watch(options), ElementsAre("a/rack.png"));
    ASSERT_EQ(told_.size(), 1U);
    EXPECT_THAT(told_[0], HasSubstr("2 folders"));
}

} // namespace
} // namespace spindle::app
