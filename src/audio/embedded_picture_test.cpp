// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "audio/embedded_picture.h"
#include "testing/media.h"
#include "testing/temp_folder.h"

namespace spindle::audio {
namespace {

using testing::ffmpeg;

constexpr std::uint64_t kEnough = 1U << 20U;

class EmbeddedPicture : public ::testing::Test {
protected:
    void SetUp() override {
        testing::write_wav(folder_ / "a.wav", testing::chirp(44100, 1, 200, 3000), 44100);
        for (const char* colour : {"red", "blue"}) {
            ffmpeg({"-f", "lavfi", "-i", std::string("color=") + colour + ":size=320x320",
                    "-frames:v", "1", folder_ / (std::string(colour) + ".png")});
        }
    }
    std::string bytes_of(const char* name) { return testing::read_bytes(folder_ / name); }

    testing::TempFolder folder_;
};

TEST_F(EmbeddedPicture, IsGivenAsItLiesInTheFile) {
    for (const char* name : {"a.mp3", "a.flac", "a.m4a"}) {
        ffmpeg({"-i", folder_ / "a.wav", "-i", folder_ / "red.png", "-map", "0", "-map", "1",
                "-c:v", "copy", "-disposition:v", "attached_pic", folder_ / name});
        EXPECT_EQ(embedded_picture(folder_ / name, kEnough).value(), bytes_of("red.png")) << name;
    }
}

TEST_F(EmbeddedPicture, IsTheFrontCoverWhereOneIsCalledSo) {
    ffmpeg({"-i",
            folder_ / "a.wav",
            "-i",
            folder_ / "blue.png",
            "-i",
            folder_ / "red.png",
            "-map",
            "0",
            "-map",
            "1",
            "-map",
            "2",
            "-c:v",
            "copy",
            "-metadata:s:v:0",
            "comment=Cover (back)",
            "-metadata:s:v:1",
            "comment=Cover (front)",
            "-disposition:v",
            "attached_pic",
            folder_ / "a.mp3"});
    EXPECT_EQ(embedded_picture(folder_ / "a.mp3", kEnough).value(), bytes_of("red.png"));
}

TEST_F(EmbeddedPicture, IsNoneWhereThereIsNoneOrOneThatIsTooLarge) {
    EXPECT_EQ(embedded_picture(folder_ / "a.wav", kEnough).value(), "");
    ffmpeg({"-i", folder_ / "a.wav", "-i", folder_ / "red.png", "-map", "0", "-map", "1", "-c:v",
            "copy", "-disposition:v", "attached_pic", folder_ / "a.mp3"});
    EXPECT_EQ(embedded_picture(folder_ / "a.mp3", 10).value(), "");
}

TEST_F(EmbeddedPicture, SaysWhatIsNoMedia) {
    EXPECT_EQ(embedded_picture(folder_ / "none.mp3", kEnough).error().code, Code::NotFound);
    EXPECT_EQ(embedded_picture(folder_ / "red.png", kEnough).error().code, Code::BadInput);
}

} // namespace
} // namespace spindle::audio
