// SPDX-License-Identifier: Apache-2.0
// Covers as the server gives them: from the owner's files, else from where the settings let it ask.
#include <fstream>
#include <thread>

#include <gmock/gmock.h>

#include "image/encode.h"
#include "serve_fixture.h"
#include "testing/faulty_server.h"
#include "testing/media.h"

namespace spindle::functional {
namespace {

using ::testing::StartsWith;

constexpr const char* kAlbumId = "76df3287-6cda-33eb-8e9a-044b5e15ffdd";
const std::string kFrontCover = std::string("/release/") + kAlbumId + "/front-500";

class CoversOverHttp : public ServeTest {
protected:
    void SetUp() override {
        ServeTest::SetUp();
        testing::write_wav(folder_ / "a.wav", testing::chirp(44100, 2, 200, 3000), 44100);
        testing::ffmpeg({"-i", folder_ / "a.wav", "-metadata",
                         std::string("MUSICBRAINZ_ALBUMID=") + kAlbumId, "-metadata", "album=White",
                         "-metadata", "artist=Ann", music() / "1.flac"});
        ASSERT_EQ(add()["added"], 1);
        options_.environment["SPINDLE_COVERS_URL"] = archive_.url("");
    }
    static std::string sleeve() {
        image::Picture picture{500, 500, image::Channels::Rgb, {}};
        picture.pixels.assign(std::size_t{500} * 500 * 3, 70);
        return image::to_png(picture).value();
    }
    Answer cover() const { return ask("GET", "/api/covers/tracks/1"); }
    Answer cover_in_time() const {
        Answer answer = cover();
        for (int i = 0; i < 100 && answer.status == 204; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
            answer = cover();
        }
        return answer;
    }

    testing::FaultyServer archive_;
    Program::Options options_;
};

TEST_F(CoversOverHttp, ComeFromTheArchiveOnceAndAreKept) {
    archive_.fail_next(kFrontCover, {testing::Fault::answer(307, {"Location: /front.png"})});
    archive_.serve("/front.png", sleeve());
    start_server(options_);
    const auto first = cover_in_time();
    EXPECT_EQ(first.status, 200);
    EXPECT_THAT(first.body, StartsWith("\xFF\xD8\xFF")); // a JPEG of our own making
    EXPECT_EQ(ask("GET", "/api/covers/records/1").status, 200);
    EXPECT_EQ(ask("GET", "/api/covers/titles?artist=ann&title=White").status, 200);
    EXPECT_EQ(ask("GET", "/api/covers/titles?artist=ann&title=Black").status, 204);
    EXPECT_EQ(ask("GET", "/api/covers/titles?artist=ann&title=+").status, 400);
    EXPECT_EQ(ask("GET", "/api/covers/titles?title=White").status, 400);
    EXPECT_EQ(ask("GET", "/api/covers/tracks/99").status, 404);
    EXPECT_EQ(ask("GET", "/api/covers/tracks/x").status, 404);
    server_.reset();
    options_.environment["SPINDLE_COVERS_URL"] = "http://127.0.0.1:9"; // no line
    start_server(options_);
    EXPECT_EQ(cover().status, 200);
    EXPECT_EQ(archive_.requests(kFrontCover).size(), 1U);
}

TEST_F(CoversOverHttp, AreNotAskedForWhereTheSettingsSaySo) {
    std::filesystem::create_directories(folder_ / "config" / "spindle");
    std::ofstream(folder_ / "config" / "spindle" / "spindle.toml")
        << "[covers]\ninternet = false\n";
    start_server(options_);
    EXPECT_EQ(cover().status, 204);
    std::this_thread::sleep_for(std::chrono::milliseconds{300});
    EXPECT_EQ(cover().status, 204);
    EXPECT_TRUE(archive_.requests().empty());
    EXPECT_EQ(ask("GET", "/api/settings").json()["covers_from_internet"], false);
    // What lies beside the music is shown all the same.
    std::ofstream(music() / "cover.png", std::ios::binary) << sleeve();
    EXPECT_EQ(cover().status, 200);
}

TEST_F(CoversOverHttp, AreAskedForOrNotFromTheMomentThePageSaysSo) {
    archive_.fail_next(kFrontCover, {testing::Fault::answer(307, {"Location: /front.png"})});
    archive_.serve("/front.png", sleeve());
    start_server(options_);
    const auto choose = [this](const char* word) {
        return ask("PATCH", "/api/settings", fmt::format(R"({{"covers_from_internet":{}}})", word));
    };
    const auto no = choose("false");
    EXPECT_EQ(no.status, 200);
    EXPECT_EQ(no.json()["covers_set_by"], "page");
    EXPECT_EQ(cover().status, 204);
    std::this_thread::sleep_for(std::chrono::milliseconds{300});
    EXPECT_TRUE(archive_.requests().empty());
    EXPECT_EQ(choose("true").json()["covers_from_internet"], true);
    EXPECT_EQ(cover_in_time().status, 200);
    // The owner's own file is not the page's to change.
    std::ofstream(folder_ / "config" / "spindle" / "spindle.toml") << "[covers]\ninternet = true\n";
    EXPECT_EQ(choose("false").status, 400);
    EXPECT_EQ(ask("GET", "/api/settings").json()["covers_set_by"], "file");
}

} // namespace
} // namespace spindle::functional
