// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "audio/capture_source.h"
#include "testing/media.h"
#include "testing/sound_card.h"

namespace spindle::audio {
namespace {

TEST(CaptureSource, IsAFileRawSamplesOrADeviceByItsName) {
    const testing::TempFolder folder;
    const auto clock = std::make_shared<testing::FastClock>(2);
    testing::SoundCard card(*clock);
    testing::write_wav(folder / "a.wav", testing::chirp(8000, 1, 100, 900), 8000);
    testing::write_bytes(folder / "a.raw", std::string(48'000, '\1'));
    struct Case {
        std::string name;
        int rate;
        int channels;
    };
    for (const auto& [name, rate, channels] :
         {Case{"file:" + (folder / "a.wav").string(), 8000, 1},
          Case{"raw:" + (folder / "a.raw").string(), 44'100, 2}, Case{"turntable", 48'000, 2}}) {
        const auto capture = open_capture({.name = name, .clock = clock});
        ASSERT_TRUE(capture) << capture.error().message;
        const auto block = (*capture)->next();
        ASSERT_TRUE(block);
        EXPECT_EQ(block->event, CaptureEvent::Sound);
        EXPECT_EQ(block->rate.hz, rate) << name;
        EXPECT_EQ(block->channels, channels) << name;
    }
    EXPECT_EQ(open_capture({.name = "file:nowhere.wav"}).error().code, Code::NotFound);
}

} // namespace
} // namespace spindle::audio
