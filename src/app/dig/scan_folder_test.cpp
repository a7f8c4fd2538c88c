// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "app/dig/scan_folder.h"
#include "app/dig/shelf_samples.h"
#include "image/decode.h"
#include "image/encode.h"
#include "io/file.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

namespace fs = std::filesystem;

class ScanFolder : public ::testing::Test {
protected:
    /// A photo on disk and a scan of it with three discs.
    ScanReport scan_of(const std::string& name) {
        image::Picture picture{400, 1300, image::Channels::Rgb, {}};
        picture.pixels.assign(400 * 1300 * 3, 120);
        ScanReport report;
        PhotoFacts& facts = report.photos.emplace_back();
        facts.path = folder_ / name;
        EXPECT_TRUE(image::write_picture(picture, facts.path));
        for (const shelf::ReadSpine& read :
             samples::seen_through({{9, 0, 20, 0, 9, 50, 0, 0, 1}}, samples::rack(1, 3, 1))) {
            Disc& disc = report.discs.emplace_back();
            disc.number = report.discs.size();
            disc.seen = {{0, read}};
            disc.verdict = DiscVerdict::Read;
        }
        report.folder = folder_ / "scan";
        return report;
    }
    static Result<void> write(const ScanReport& report) {
        return write_scan(report, [](const Progress&) {});
    }
    fs::path chosen(const fs::path& photo, const fs::path& wanted = {}) {
        const std::vector<fs::path> photos{photo};
        return choose_scan_folder(photos, wanted, folder_.path()).value_or("");
    }

    testing::TempFolder folder_;
};

TEST_F(ScanFolder, HoldsTheMarkedPhotoTheSheetAndTheDocument) {
    const ScanReport report = scan_of("rack.jpg");
    ASSERT_TRUE(write(report));
    const auto marked = image::read_picture(report.folder / "marked.jpg");
    ASSERT_TRUE(marked);
    EXPECT_EQ(marked->width, 400);
    EXPECT_TRUE(image::read_picture(report.folder / "sheet.png"));
    const auto read = find_scan(folder_ / "data", report.folder, folder_.path());
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->discs.size(), 3U);
}

TEST_F(ScanFolder, IsNamedAfterThePhoto) {
    EXPECT_EQ(chosen("pictures/rack.jpg"), folder_ / "rack-spindle");
    EXPECT_FALSE(fs::exists(folder_ / "rack-spindle"));
}

TEST_F(ScanFolder, OfTheSamePhotoIsUsedAgainAndOfAnotherIsNot) {
    ScanReport report = scan_of("rack.jpg");
    report.folder = folder_ / "rack-spindle";
    ASSERT_TRUE(write(report));
    EXPECT_EQ(chosen(folder_ / "rack.jpg"), folder_ / "rack-spindle");
    EXPECT_EQ(chosen("elsewhere/rack.jpg"), folder_ / "rack-spindle-2");
}

TEST_F(ScanFolder, NeverReplacesWhatIsNotAScan) {
    fs::create_directories(folder_ / "mine");
    std::ofstream(folder_ / "mine/marked.jpg") << "holiday";
    const std::vector<fs::path> photos{"rack.jpg"};
    const auto refused = choose_scan_folder(photos, folder_ / "mine", folder_.path());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::BadInput);
    EXPECT_NE(refused.error().message.find("--out"), std::string::npos);
    fs::create_directories(folder_ / "rack-spindle");
    std::ofstream(folder_ / "rack-spindle/scan.json") << "{}";
    EXPECT_EQ(chosen("rack.jpg"), folder_ / "rack-spindle-2");
    std::ofstream(folder_ / "file") << "";
    EXPECT_FALSE(choose_scan_folder(photos, folder_ / "file", folder_.path()));
}

TEST_F(ScanFolder, ThatCannotBeWrittenToIsRefusedBeforeTheScan) {
    if (::geteuid() == 0) {
        GTEST_SKIP() << "root may write everywhere";
    }
    fs::create_directories(folder_ / "locked");
    fs::permissions(folder_ / "locked", fs::perms::owner_read | fs::perms::owner_exec);
    const std::vector<fs::path> photos{"rack.jpg"};
    const auto refused = choose_scan_folder(photos, folder_ / "locked/deeper", folder_.path());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::NoAccess);
}

TEST_F(ScanFolder, LosesThePicturesOfAnEarlierLongerScan) {
    ScanReport report = scan_of("rack.jpg");
    PhotoFacts second = report.photos.front();
    report.photos.push_back(second);
    ASSERT_TRUE(write(report));
    ASSERT_TRUE(fs::exists(report.folder / "marked-2.jpg"));
    report.photos.pop_back();
    ASSERT_TRUE(write(report));
    EXPECT_FALSE(fs::exists(report.folder / "marked-2.jpg"));
}

TEST_F(ScanFolder, IsFoundByItselfByThePhotoAndAsTheLatest) {
    ScanReport report = scan_of("rack.jpg");
    report.folder = folder_ / "rack-spindle";
    ASSERT_TRUE(write(report));
    const auto find = [&](const fs::path& word) {
        return find_scan(folder_ / "data", word, folder_.path()).has_value();
    };
    EXPECT_TRUE(find(report.folder));
    EXPECT_TRUE(find(report.folder / "scan.json"));
    EXPECT_TRUE(find(folder_ / "rack.jpg"));
    EXPECT_FALSE(find(""));
    ASSERT_TRUE(remember_scan(folder_ / "data", report.folder));
    EXPECT_TRUE(find(""));
    EXPECT_FALSE(find(folder_ / "other.jpg"));
    EXPECT_FALSE(find(folder_.path()));
    fs::remove_all(report.folder);
    EXPECT_FALSE(find(""));
}

} // namespace
} // namespace spindle::app
