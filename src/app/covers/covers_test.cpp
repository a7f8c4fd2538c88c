// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "app/covers/cover_file.h"
#include "app/covers/covers.h"
#include "image/decode.h"
#include "image/encode.h"
#include "testing/faulty_server.h"
#include "testing/tagged_wav.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

namespace fs = std::filesystem;
using testing::Fault;
using testing::FaultyServer;

constexpr const char* kAlbumId = "76df3287-6cda-33eb-8e9a-044b5e15ffdd";
const std::string kFrontOfAlbum = std::string("/release/") + kAlbumId + "/front-500";

std::string sleeve(int width, int height, std::uint8_t shade) {
    image::Picture picture{width, height, image::Channels::Rgb, {}};
    picture.pixels.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3,
                          shade);
    return image::to_png(picture).value();
}

class CoversTest : public ::testing::Test {
protected:
    void SetUp() override {
        fs::create_directories(folder / "music");
        testing::write_tagged_wav(folder / "music" / "1.wav", {});
    }
    std::unique_ptr<Covers> covers(std::chrono::seconds again_after = std::chrono::seconds{0}) {
        CoverArchiveOptions options;
        options.url = server.url("");
        options.limit = {100, Seconds{1}};
        return std::make_unique<Covers>(
            folder / "cache", [this] { return may_ask.load(); },
            std::make_unique<CoverArchive>(CoverArchive::create(options).value()),
            Covers::Options{.again_after = again_after});
    }
    std::vector<store::TrackFile> file(const std::string& release = {}) const {
        store::TrackFile one;
        one.path = folder / "music" / "1.wav";
        one.tags.mb_release = release;
        return {one};
    }
    void put(const std::string& name, const std::string& bytes) const {
        std::ofstream(folder / "music" / name, std::ios::binary) << bytes;
    }
    /// What is there in time, on a busy machine, too.
    static std::optional<fs::path> in_time(Covers& covers,
                                           const std::vector<store::TrackFile>& files) {
        for (int i = 0; i < 2000; ++i) {
            if (auto found = covers.of(files)) {
                return found;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{10});
        }
        return std::nullopt;
    }

    testing::TempFolder folder;
    FaultyServer server;
    std::atomic<bool> may_ask = true;
};

TEST_F(CoversTest, AreMadeSmallWhateverLiesBesideTheMusic) {
    put("Folder.PNG", sleeve(1600, 1200, 40));
    const auto made = covers();
    const auto found = made->of(file());
    ASSERT_TRUE(found);
    const auto picture = image::read_picture(*found, {.min_side = 1}).value();
    EXPECT_EQ(picture.width, kCoverSide);
    EXPECT_EQ(picture.height, kCoverSide * 3 / 4);
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(CoversTest, AreNotMadeAgainAtEachLookWhereTheyCannotBeKept) {
    put("folder.png", sleeve(200, 200, 40));
    std::ofstream(folder / "cache") << "a file where the folder would be";
    const auto patient = covers(std::chrono::hours{1});
    const auto hasty = covers();
    EXPECT_FALSE(patient->of(file()));
    EXPECT_FALSE(hasty->of(file()));
    fs::remove(folder / "cache");
    EXPECT_FALSE(patient->of(file())); // an hour is not over
    EXPECT_TRUE(hasty->of(file()));
}

TEST_F(CoversTest, ChangeWithWhatLiesThere) {
    const auto made = covers();
    EXPECT_FALSE(made->of(file()));
    put("cover.jpg", sleeve(300, 300, 40));
    const auto first = made->of(file());
    ASSERT_TRUE(first);
    put("cover.jpg", sleeve(310, 300, 200));
    const auto second = made->of(file());
    ASSERT_TRUE(second);
    EXPECT_NE(*first, *second);
    fs::remove(folder / "music" / "cover.jpg");
    EXPECT_FALSE(made->of(file()));
}

TEST_F(CoversTest, AreNoneWhereNoPictureIs) {
    put("cover.jpg", "<html>no picture</html>");
    const auto made = covers();
    EXPECT_FALSE(made->of(file()));
    store::TrackFile on_vinyl;
    on_vinyl.path = "vinyl:Ann/White/A1";
    EXPECT_FALSE(made->of(std::vector{on_vinyl}));
    EXPECT_FALSE(made->of({}));
}

TEST_F(CoversTest, ComeFromTheArchiveWhenNobodyElseHasOneAndStay) {
    server.fail_next(kFrontOfAlbum, {Fault::answer(307, {"Location: /a.png"})});
    server.serve("/a.png", sleeve(500, 500, 90));
    {
        const auto made = covers();
        EXPECT_FALSE(made->of(file(kAlbumId))); // it comes later
        ASSERT_TRUE(in_time(*made, file(kAlbumId)));
    }
    may_ask = false; // without a line
    EXPECT_TRUE(covers()->of(file(kAlbumId)));
    EXPECT_EQ(server.requests(kFrontOfAlbum).size(), 1U);
}

TEST_F(CoversTest, AreNotAskedForTwiceWhereThereIsNone) {
    const auto made = covers();
    for (int i = 0; i < 30; ++i) {
        EXPECT_FALSE(made->of(file(kAlbumId)));
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    EXPECT_EQ(server.requests(kFrontOfAlbum).size(), 1U);
}

TEST_F(CoversTest, TakeNothingThatIsNoPicture) {
    server.serve(kFrontOfAlbum, "<script>alert(1)</script>");
    const auto made = covers();
    for (int i = 0; i < 30; ++i) {
        EXPECT_FALSE(made->of(file(kAlbumId)));
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    EXPECT_EQ(server.requests(kFrontOfAlbum).size(), 1U);
}

TEST_F(CoversTest, AreAskedForAgainAfterTrouble) {
    server.fail_next(kFrontOfAlbum, {Fault::answer(500), Fault::cut(100)});
    server.serve(kFrontOfAlbum, sleeve(400, 400, 90));
    const auto made = covers();
    EXPECT_TRUE(in_time(*made, file(kAlbumId)));
    EXPECT_EQ(server.requests(kFrontOfAlbum).size(), 3U);
}

TEST_F(CoversTest, AskNobodyWhereTheOwnerDoesNotLetThem) {
    may_ask = false;
    server.serve(kFrontOfAlbum, sleeve(400, 400, 90));
    const auto made = covers();
    EXPECT_FALSE(made->of(file(kAlbumId)));
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(CoversTest, EndAtOnceWhileTheArchiveIsSilent) {
    server.fail_always(kFrontOfAlbum, Fault::stall(0));
    const auto begun = std::chrono::steady_clock::now();
    {
        const auto made = covers();
        EXPECT_FALSE(made->of(file(kAlbumId)));
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{2});
}

} // namespace
} // namespace spindle::app
