// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <thread>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audio/detail/raw_encode.h"
#include "audio/detail/raw_samples.h"
#include "audio/raw_capture.h"
#include "testing/media.h"
#include "testing/temp_folder.h"

namespace spindle::audio {
namespace {

using ::testing::HasSubstr;

constexpr RawEncoding kEncodings[] = {RawEncoding::S16, RawEncoding::S24, RawEncoding::S24In3,
                                      RawEncoding::S32, RawEncoding::F32};

std::string raw(const std::vector<float>& samples, RawEncoding encoding) {
    std::vector<std::byte> bytes;
    detail::append_raw(samples, encoding, bytes);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// All sound of a capture, and what else happened.
struct Heard {
    std::vector<float> samples;
    std::vector<CaptureEvent> events;
    BootTime last_time{};
    std::uint64_t place = 0;
};

Heard hear(Capture& capture) {
    Heard heard;
    for (;;) {
        const auto block = capture.next();
        EXPECT_TRUE(block) << block.error().message;
        if (!block) {
            return heard;
        }
        if (block->event == CaptureEvent::Sound) {
            EXPECT_EQ(block->first_frame, heard.place + block->lost_before);
            heard.place = block->first_frame + block->frames();
            heard.samples.insert(heard.samples.end(), block->samples.begin(), block->samples.end());
        } else {
            heard.events.push_back(block->event);
        }
        heard.last_time = block->time;
        if (block->event == CaptureEvent::End) {
            return heard;
        }
    }
}

TEST(RawCapture, ReadsEveryEncodingWithOneAndTwoChannels) {
    const testing::TempFolder folder;
    const auto samples = testing::chirp(44'100, 2, 100, 5000);
    for (const RawEncoding encoding : kEncodings) {
        for (const int channels : {1, 2}) {
            testing::write_bytes(folder / "a.raw", raw(samples, encoding) + "x");
            const BootTime start{std::chrono::hours{5}};
            const auto capture = open_raw_capture(
                folder / "a.raw",
                {.format = {encoding, channels, SampleRate{44'100}}, .start = start});
            ASSERT_TRUE(capture);
            const Heard heard = hear(**capture);
            ASSERT_EQ(heard.samples.size(), samples.size()) << name_of(encoding);
            for (std::size_t i = 0; i < samples.size(); ++i) {
                ASSERT_NEAR(heard.samples[i], samples[i], 2e-5F) << name_of(encoding) << i;
            }
            EXPECT_NEAR((heard.last_time - start).count(), 2.0 / channels, 1e-6);
            EXPECT_EQ((*capture)->next()->event, CaptureEvent::End);
        }
    }
}

TEST(RawCapture, ValuesAtTheEdgesAreFullScale) {
    const std::string bytes("\x00\x80\xff\x7f\x00\x00\x01\x00", 8);
    std::vector<float> out;
    detail::append_samples(std::as_bytes(std::span(bytes)), {RawEncoding::S16, 1, 0, 1}, out);
    EXPECT_EQ(out, (std::vector<float>{-1.0F, 32767.0F / 32768, 0.0F, 1.0F / 32768}));
    out.clear();
    const std::string three("\x00\x00\x80\xff\xff\x7f", 6);
    detail::append_samples(std::as_bytes(std::span(three)), {RawEncoding::S24In3, 1, 0, 1}, out);
    EXPECT_EQ(out[0], -1.0F);
    EXPECT_NEAR(out[1], 1.0F, 1e-6F);
}

TEST(RawCapture, FloatsThatAreNoSoundBecomeSilence) {
    const float odd[] = {std::numeric_limits<float>::quiet_NaN(),
                         std::numeric_limits<float>::infinity(), -1e30F, 1.5F, -0.25F};
    std::vector<float> out;
    detail::append_samples(std::as_bytes(std::span(odd)), {RawEncoding::F32, 1, 0, 1}, out);
    EXPECT_EQ(out, (std::vector<float>{0, 0, 0, 1.5F, -0.25F}));
}

TEST(RawCapture, KeepsTheChosenChannelsOfMany) {
    const std::vector<float> six{0, 0.1F, 0.2F, 0.3F, 0.4F, 0.5F};
    const std::string bytes = raw(six, RawEncoding::S32);
    std::vector<float> out;
    detail::append_samples(std::as_bytes(std::span(bytes)), {RawEncoding::S32, 6, 2, 2}, out);
    ASSERT_EQ(out.size(), 2U);
    EXPECT_NEAR(out[0], 0.2F, 1e-6F);
    EXPECT_NEAR(out[1], 0.3F, 1e-6F);
}

TEST(RawCapture, LiveSoundOnAPipeIsTimedByItsArrivalAndASilentPipeIsNoticed) {
    const testing::TempFolder folder;
    const auto pipe = folder / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const auto capture = open_raw_capture(pipe, {.format = {.rate = SampleRate{8000}}});
    ASSERT_TRUE(capture);
    const SystemBootClock clock;
    const BootTime begun = clock.now();
    std::thread writer([&] {
        const int file = ::open(pipe.c_str(), O_WRONLY);
        const std::string second(8000 * 4, '\1');
        for (const int pause_ms : {0, 3000}) { // a recorder that stops for a while
            std::this_thread::sleep_for(std::chrono::milliseconds{pause_ms});
            EXPECT_EQ(::write(file, second.data(), second.size()), 8000 * 4);
        }
        ::close(file);
    });
    const Heard heard = hear(**capture);
    writer.join();
    EXPECT_EQ(heard.samples.size(), 4U * 8000);
    EXPECT_THAT(heard.events, ::testing::ElementsAre(CaptureEvent::Stalled, CaptureEvent::Recovered,
                                                     CaptureEvent::End));
    EXPECT_NEAR((heard.last_time - begun).count(), 3.0, 0.5);
    EXPECT_GT(heard.place, 8000U * 3) << "the pause was lost sound";
}

TEST(RawCapture, AWaitOnAPipeEndsWhenAskedTo) {
    const testing::TempFolder folder;
    const auto pipe = folder / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    std::stop_source stop;
    const auto capture = open_raw_capture(pipe, {.stop = stop.get_token()});
    ASSERT_TRUE(capture);
    std::jthread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
        stop.request_stop();
    });
    for (int i = 0; i < 2; ++i) {
        const auto stopped = (*capture)->next();
        ASSERT_FALSE(stopped);
        EXPECT_EQ(stopped.error().code, Code::Cancelled);
    }
}

TEST(RawCapture, SaysWhatIsWrongWithWhatItCannotRead) {
    const testing::TempFolder folder;
    EXPECT_EQ(open_raw_capture(folder / "none", {}).error().code, Code::NotFound);
    EXPECT_THAT(open_raw_capture(folder.path(), {}).error().message, HasSubstr("folder"));
    testing::write_bytes(folder / "a.raw", "");
    EXPECT_EQ(open_raw_capture(folder / "a.raw", {.format = {.channels = 3}}).error().code,
              Code::BadInput);
    EXPECT_EQ(open_raw_capture(folder / "a.raw", {.format = {.rate = SampleRate{7}}}).error().code,
              Code::BadInput);
    const auto empty = open_raw_capture(folder / "a.raw", {});
    ASSERT_TRUE(empty);
    EXPECT_EQ((*empty)->next()->event, CaptureEvent::End);
    EXPECT_THAT(raw_encoding_named("mp3").error().message, HasSubstr("s24_3le"));
    for (const RawEncoding encoding : kEncodings) {
        EXPECT_EQ(*raw_encoding_named(name_of(encoding)), encoding);
    }
}

} // namespace
} // namespace spindle::audio
