// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <csignal>
#include <fstream>
#include <limits>
#include <thread>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "audio/decoder.h"
#include "audio/detail/decoding_for_tests.h"
#include "testing/media.h"
#include "testing/temp_folder.h"

namespace spindle::audio {
namespace {

using detail::decode;
using detail::loudness;
using detail::read_all;
using testing::chirp;
using testing::ffmpeg;
using testing::TempFolder;
using testing::write_wav;

class DecoderTest : public ::testing::Test {
protected:
    std::filesystem::path file(const std::string& name) const { return folder_ / name; }

    std::filesystem::path chirp_file(const std::string& name, double seconds = 3) const {
        write_wav(file("source.wav"), chirp(44100, seconds, 200, 3000), 44100);
        if (name != "source.wav") {
            ffmpeg({"-i", file("source.wav").string(), file(name).string()});
        }
        return file(name);
    }

    TempFolder folder_;
};

TEST_F(DecoderTest, StartsAndEndsResampledSoundExactly) {
    const auto path = chirp_file("a.flac", 40);
    const std::vector<float> all = decode(path, {.rate = SampleRate{8000}});
    ASSERT_EQ(all.size(), 320'000U);
    for (const double start : {1.0, 35.5}) {
        const std::vector<float> part = decode(
            path, {.rate = SampleRate{8000}, .start = Seconds{start}, .length = Seconds{1.5}});
        ASSERT_EQ(part.size(), 12'000U);
        const std::span<const float> expected(all.data() + static_cast<std::size_t>(start * 8000),
                                              12'000);
        // The first milliseconds lack the sound before the cut, which the filter would mix in.
        for (std::size_t i = 200; i < part.size() - 200; ++i) {
            ASSERT_NEAR(part[i], expected[i], 2e-4) << i;
        }
    }
}

TEST_F(DecoderTest, DeliversBothChannelsApart) {
    const auto low = chirp(44100, 3, 200, 400);
    const auto high = chirp(44100, 3, 2000, 3000);
    std::vector<float> both;
    for (std::size_t i = 0; i < low.size(); ++i) {
        both.push_back(static_cast<float>(low[i]));
        both.push_back(static_cast<float>(high[i]));
    }
    write_wav(file("stereo.wav"), both, 44100, 2);
    const std::vector<float> whole = decode(file("stereo.wav"), {.channels = Channels::Stereo});
    ASSERT_EQ(whole.size(), both.size());
    for (std::size_t i = 0; i < both.size(); i += 997) {
        ASSERT_NEAR(whole[i], both[i], 1e-3) << i;
    }
    const std::vector<float> part = decode(file("stereo.wav"), {.rate = SampleRate{22050},
                                                                .start = Seconds{1},
                                                                .length = Seconds{1.5},
                                                                .resampling = Resampling::High,
                                                                .channels = Channels::Stereo});
    ASSERT_EQ(part.size(), 2U * 33075U);
    for (std::size_t frame = 500; frame < 32000; frame += 313) {
        ASSERT_NEAR(part[2 * frame], both[2 * (44100 + 2 * frame)], 2e-3) << frame;
        ASSERT_NEAR(part[2 * frame + 1], both[2 * (44100 + 2 * frame) + 1], 2e-3) << frame;
    }
}

TEST_F(DecoderTest, GivesOneChannelTwiceWhereTwoAreWanted) {
    const auto path = chirp_file("source.wav", 1);
    const std::vector<float> mono = decode(path);
    const std::vector<float> stereo = decode(path, {.channels = Channels::Stereo});
    ASSERT_EQ(stereo.size(), 2 * mono.size());
    for (std::size_t i = 0; i < mono.size(); i += 101) {
        ASSERT_EQ(stereo[2 * i], mono[i]);
        ASSERT_EQ(stereo[2 * i + 1], mono[i]);
    }
}

TEST_F(DecoderTest, AveragesChannels) {
    std::vector<float> stereo;
    for (const float sample : chirp(8000, 1, 100, 1000, 0.8)) {
        stereo.push_back(sample);
        stereo.push_back(-sample / 2);
    }
    write_wav(file("a.wav"), stereo, 8000, 2);
    const std::vector<float> expected = chirp(8000, 1, 100, 1000, 0.2);
    const std::vector<float> samples = decode(file("a.wav"));
    ASSERT_EQ(samples.size(), expected.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
        ASSERT_NEAR(samples[i], expected[i], 1e-6);
    }
}

TEST_F(DecoderTest, TurnsValuesThatAreNoneIntoSilence) {
    std::vector<float> samples(8000, 0.25F);
    samples[100] = std::numeric_limits<float>::quiet_NaN();
    samples[200] = std::numeric_limits<float>::infinity();
    samples[300] = -std::numeric_limits<float>::infinity();
    samples[400] = 1e30F;
    write_wav(file("a.wav"), samples, 8000);
    const std::vector<float> decoded = decode(file("a.wav"));
    ASSERT_EQ(decoded.size(), samples.size());
    for (std::size_t i = 0; i < decoded.size(); ++i) {
        EXPECT_EQ(decoded[i], i >= 100 && i <= 400 && i % 100 == 0 ? 0.0F : 0.25F) << i;
    }
}

TEST_F(DecoderTest, KeepsWhatIsHeardAndDropsWhatWouldFoldOver) {
    const auto level_after = [&](double hz, Resampling quality) {
        write_wav(file("tone.wav"), chirp(44100, 2, hz, hz, 0.5), 44100);
        const std::vector<float> samples =
            decode(file("tone.wav"), {.rate = SampleRate{8000}, .resampling = quality});
        // The hard start and end of the tone are broadband; look between them.
        const std::span<const float> middle(samples.data() + 2000, 12'000);
        return 20 * std::log10(loudness(middle) / (0.5 / std::sqrt(2.0)) + 1e-9);
    };
    for (const Resampling quality : {Resampling::Fast, Resampling::High}) {
        for (const double hz : {60.0, 440.0, 1000.0, 2500.0, 3400.0, 3550.0}) {
            EXPECT_NEAR(level_after(hz, quality), 0, 0.5) << hz;
        }
        for (const double hz : {4450.0, 4700.0, 6000.0, 7900.0, 8100.0, 12'345.0, 15'900.0,
                                17'700.0, 20'000.0, 21'900.0}) {
            EXPECT_LT(level_after(hz, quality), -60) << hz;
        }
    }
}

TEST_F(DecoderTest, IgnoresCoverArt) {
    chirp_file("source.wav");
    ffmpeg({"-f", "lavfi", "-i", "testsrc=size=64x64:duration=0.04:rate=25", file("c.png")});
    for (const char* name : {"a.mp3", "a.m4a", "a.flac"}) {
        ffmpeg({"-i", file("source.wav"), "-i", file("c.png"), "-map", "1", "-map", "0", "-c:v",
                "copy", "-disposition:v", "attached_pic", file(name)});
        EXPECT_NEAR(static_cast<double>(decode(file(name)).size()), 3 * 44100, 2048) << name;
    }
}

TEST_F(DecoderTest, FollowsAChangeOfRateInAChainedStream) {
    ffmpeg({"-f", "lavfi", "-i", "sine=440:d=2:r=44100", file("1.ogg")});
    ffmpeg({"-f", "lavfi", "-i", "sine=880:d=3:r=48000", "-ac", "2", file("2.ogg")});
    testing::write_bytes(file("both.ogg"),
                         testing::read_bytes(file("1.ogg")) + testing::read_bytes(file("2.ogg")));
    const std::vector<float> samples = decode(file("both.ogg"), {.rate = SampleRate{8000}});
    EXPECT_NEAR(static_cast<double>(samples.size()), 5 * 8000, 200);
    const auto crossings = [&](double from, double to) {
        int count = 0;
        const auto end = static_cast<std::size_t>(to * 8000);
        for (auto i = static_cast<std::size_t>(from * 8000); i < end; ++i) {
            count += samples[i] < 0 && samples[i + 1] >= 0 ? 1 : 0;
        }
        return count / (to - from);
    };
    ASSERT_GT(samples.size(), 39'000U);
    EXPECT_NEAR(crossings(0.5, 1.5), 440, 2);
    EXPECT_NEAR(crossings(2.5, 4.5), 880, 2);
}

TEST_F(DecoderTest, ReadsNamedPipes) {
    const auto source = chirp_file("a.ogg");
    ASSERT_EQ(::mkfifo(file("pipe").c_str(), 0600), 0);
    std::thread writer(
        [&] { std::ofstream(file("pipe"), std::ios::binary) << testing::read_bytes(source); });
    const std::vector<float> piped = decode(file("pipe"));
    writer.join();
    EXPECT_EQ(piped, decode(source));
}

TEST_F(DecoderTest, SaysWhyAnMp4CannotComeThroughAPipe) {
    const std::string bytes =
        testing::read_bytes(chirp_file("a.m4a", 60)); // more than FFmpeg keeps
    ASSERT_EQ(::mkfifo(file("pipe").c_str(), 0600), 0);
    std::thread writer([&] {
        ::signal(SIGPIPE, SIG_IGN); // the reader gives up early
        std::ofstream(file("pipe"), std::ios::binary) << bytes;
    });
    const auto decoder = Decoder::open(file("pipe"));
    writer.join();
    ASSERT_FALSE(decoder);
    EXPECT_NE(decoder.error().message.find("pipe; name the file"), std::string::npos)
        << decoder.error().message;
}

TEST_F(DecoderTest, StopsWaitingForAPipeWhenAsked) {
    ASSERT_EQ(::mkfifo(file("pipe").c_str(), 0600), 0);
    std::stop_source stop;
    std::jthread later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        stop.request_stop();
    });
    const auto decoder = Decoder::open(file("pipe"), {.stop = stop.get_token()});
    ASSERT_FALSE(decoder);
    EXPECT_EQ(decoder.error().code, Code::Cancelled);
}

TEST_F(DecoderTest, StopsInTheMiddleWhenAsked) {
    std::stop_source stop;
    auto decoder = Decoder::open(chirp_file("a.flac", 20), {.stop = stop.get_token()});
    ASSERT_TRUE(decoder);
    ASSERT_TRUE(decoder->next());
    stop.request_stop();
    const auto block = decoder->next();
    ASSERT_FALSE(block);
    EXPECT_EQ(block.error().code, Code::Cancelled);
}

// AddressSanitizer keeps freed memory back, which is what this test would measure.
#if defined(__SANITIZE_ADDRESS__)
#define SPINDLE_MEMORY_IS_KEPT_BACK
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SPINDLE_MEMORY_IS_KEPT_BACK
#endif
#endif

TEST_F(DecoderTest, DecodesHoursInLittleMemory) {
    // 5.2 hours of silence as a sparse file.
    constexpr std::uint32_t kBytes = 300'000'000;
    testing::write_bytes(
        file("long.wav"),
        testing::wav_header({.format = 1, .rate = 8000, .bits = 16, .data_bytes = kBytes}));
    std::filesystem::resize_file(file("long.wav"), kBytes + 44);
    const auto peak = [] {
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        return usage.ru_maxrss;
    };
    const long before = peak();
    auto decoder = Decoder::open(file("long.wav"));
    ASSERT_TRUE(decoder);
    std::uint64_t count = 0;
    for (auto block = decoder->next(); block && !block->empty(); block = decoder->next()) {
        count += block->size();
    }
    EXPECT_EQ(count, kBytes / 2);
#ifdef SPINDLE_MEMORY_IS_KEPT_BACK
    EXPECT_GT(before, 0);
#else
    EXPECT_LT(peak() - before, 20'000) << "kilobytes";
#endif
}

TEST_F(DecoderTest, CutsSoundLongerThanTheMaximumAndSaysSo) {
    auto decoder = Decoder::open(chirp_file("a.wav", 6), {.max_duration = Seconds{2}});
    ASSERT_TRUE(decoder);
    EXPECT_EQ(read_all(*decoder).size(), 2U * 44100);
    EXPECT_NE(decoder->warning().find("longer than 2 s"), std::string::npos);
}

} // namespace
} // namespace spindle::audio
