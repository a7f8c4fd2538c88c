// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audio/file_capture.h"
#include "testing/media.h"
#include "testing/sound_card.h"
#include "testing/temp_folder.h"

namespace spindle::audio {
namespace {

using ::testing::HasSubstr;

/// Different sound on each channel.
std::vector<float> two_channels(int rate, double seconds, int channels = 2) {
    const auto left = testing::chirp(rate, seconds, 200, 3000);
    const auto right = testing::chirp(rate, seconds, 3000, 200, 0.2);
    std::vector<float> both;
    for (std::size_t i = 0; i < left.size(); ++i) {
        both.push_back(left[i]);
        both.push_back(right[i]);
        both.resize(both.size() + static_cast<std::size_t>(channels - 2), 0.9F);
    }
    return both;
}

std::vector<float> hear(Capture& capture, int channels, int rate) {
    std::vector<float> samples;
    std::uint64_t place = 0;
    for (auto block = capture.next(); block; block = capture.next()) {
        EXPECT_EQ(block->rate.hz, rate);
        EXPECT_EQ(block->channels, channels);
        EXPECT_EQ(block->first_frame, place);
        EXPECT_EQ(block->lost_before, 0U);
        if (block->event == CaptureEvent::End) {
            return samples;
        }
        place += block->frames();
        samples.insert(samples.end(), block->samples.begin(), block->samples.end());
    }
    ADD_FAILURE() << "an error before the end";
    return samples;
}

TEST(FileCapture, GivesBothChannelsAtTheFilesOwnRate) {
    const testing::TempFolder folder;
    for (const int rate : {44'100, 48'000, 96'000}) {
        const auto written = two_channels(rate, 1.5);
        testing::write_wav(folder / "a.wav", written, rate, 2);
        const auto capture = open_file_capture(folder / "a.wav");
        ASSERT_TRUE(capture) << capture.error().message;
        EXPECT_EQ(hear(**capture, 2, rate), written);
    }
}

TEST(FileCapture, TakesOneChannelAsOneAndTheFirstTwoOfMany) {
    const testing::TempFolder folder;
    testing::write_wav(folder / "mono.wav", testing::chirp(8000, 1, 100, 900), 8000);
    const auto mono = open_file_capture(folder / "mono.wav");
    ASSERT_TRUE(mono);
    EXPECT_EQ(hear(**mono, 1, 8000), testing::chirp(8000, 1, 100, 900));
    testing::write_wav(folder / "six.wav", two_channels(8000, 1, 6), 8000, 6);
    const auto six = open_file_capture(folder / "six.wav");
    ASSERT_TRUE(six) << six.error().message;
    EXPECT_EQ(hear(**six, 2, 8000), two_channels(8000, 1));
}

TEST(FileCapture, ReadsWhatTheDecoderReads) {
    const testing::TempFolder folder;
    const auto written = two_channels(44'100, 2);
    testing::write_wav(folder / "a.wav", written, 44'100, 2);
    for (const char* extension : {"flac", "mp3", "m4a", "ogg"}) {
        const auto path = folder / (std::string("a.") + extension);
        testing::ffmpeg({"-i", folder / "a.wav", "-ar", "44100", path});
        const auto capture = open_file_capture(path);
        ASSERT_TRUE(capture) << capture.error().message;
        const auto heard = hear(**capture, 2, 44'100);
        EXPECT_NEAR(static_cast<double>(heard.size()), static_cast<double>(written.size()), 9000)
            << extension;
        double left = 0;
        double right = 0;
        for (std::size_t i = 0; i + 1 < heard.size(); i += 2) {
            left += std::abs(static_cast<double>(heard[i]));
            right += std::abs(static_cast<double>(heard[i + 1]));
        }
        EXPECT_NEAR(left / right, 2.5, 0.1) << extension << ": the balance is kept";
    }
}

TEST(FileCapture, TimeIsCountedFromTheStartThatIsGiven) {
    const testing::TempFolder folder;
    testing::write_wav(folder / "a.wav", two_channels(8000, 3), 8000, 2);
    const BootTime start{std::chrono::hours{7}};
    const auto capture = open_file_capture(folder / "a.wav", {.start = start});
    ASSERT_TRUE(capture);
    for (auto block = (*capture)->next(); block; block = (*capture)->next()) {
        EXPECT_NEAR((block->time - start).count(), static_cast<double>(block->first_frame) / 8000,
                    1e-6);
        if (block->event == CaptureEvent::End) {
            EXPECT_NEAR((block->time - start).count(), 3, 1e-6);
            return;
        }
    }
}

TEST(FileCapture, InRealTimeABlockComesWhenItHasSounded) {
    const testing::TempFolder folder;
    testing::write_wav(folder / "a.wav", two_channels(8000, 4), 8000, 2);
    const auto clock = std::make_shared<testing::FastClock>(20);
    const auto capture =
        open_file_capture(folder / "a.wav", {.pace = Pace::RealTime, .clock = clock});
    ASSERT_TRUE(capture);
    const BootTime begun = clock->now();
    for (auto block = (*capture)->next(); block; block = (*capture)->next()) {
        if (block->event == CaptureEvent::End) {
            break;
        }
        const double end = static_cast<double>(block->first_frame + block->frames()) / 8000;
        EXPECT_GT((clock->now() - begun).count(), end - 0.1);
    }
    EXPECT_NEAR((clock->now() - begun).count(), 4, 1.5);
}

TEST(FileCapture, SaysWhatIsWrongWithWhatIsNoSound) {
    const testing::TempFolder folder;
    EXPECT_EQ(open_file_capture(folder / "none.wav").error().code, Code::NotFound);
    testing::write_bytes(folder / "text.wav", "this is no music\n");
    EXPECT_EQ(open_file_capture(folder / "text.wav").error().code, Code::BadInput);
    testing::write_bytes(folder / "empty.wav", "");
    EXPECT_THAT(open_file_capture(folder / "empty.wav").error().message, HasSubstr("empty"));
    std::stop_source stop;
    testing::write_wav(folder / "a.wav", two_channels(8000, 3), 8000, 2);
    const auto capture = open_file_capture(folder / "a.wav", {.stop = stop.get_token()});
    ASSERT_TRUE(capture);
    stop.request_stop();
    EXPECT_EQ((*capture)->next().error().code, Code::Cancelled);
}

} // namespace
} // namespace spindle::audio
