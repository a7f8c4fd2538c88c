// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <limits>
#include <string_view>
#include <thread>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "audio/decoder.h"
#include "testing/media.h"
#include "testing/temp_folder.h"

namespace spindle::audio {
namespace {

using testing::chirp;
using testing::ffmpeg;
using testing::TempFolder;
using testing::write_wav;

std::vector<float> read_all(Decoder& decoder) {
    std::vector<float> samples;
    for (;;) {
        const auto block = decoder.next();
        EXPECT_TRUE(block) << (block ? "" : block.error().message);
        if (!block || block->empty()) {
            return samples;
        }
        samples.insert(samples.end(), block->begin(), block->end());
    }
}

std::vector<float> decode(const std::filesystem::path& path, const DecodeOptions& options = {}) {
    auto decoder = Decoder::open(path, options);
    EXPECT_TRUE(decoder) << (decoder ? "" : decoder.error().message);
    return decoder ? read_all(*decoder) : std::vector<float>{};
}

/// How alike two sounds are, 1 for the same: falls quickly when one is shifted or sped up.
double likeness(std::span<const float> a, std::span<const float> b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        const auto x = static_cast<double>(a[i]);
        const auto y = static_cast<double>(b[i]);
        ab += x * y;
        aa += x * x;
        bb += y * y;
    }
    return ab / std::sqrt(aa * bb + 1e-30);
}

double loudness(std::span<const float> samples) {
    double sum = 0;
    for (const float sample : samples) {
        sum += static_cast<double>(sample) * static_cast<double>(sample);
    }
    return std::sqrt(sum / static_cast<double>(std::max<std::size_t>(1, samples.size())));
}

/// One kind of file ffmpeg can write.
struct Format {
    const char* name;
    const char* extension;
    std::vector<std::string> arguments;
    const char* codec;
    int rate = 44100;
    int channels = 2;
    int spare = 0;            // samples the format may add at the end
    double likeness = 0.9999; ///< 0: the format cannot say where the sound begins and ends
};

void PrintTo(const Format& format, std::ostream* out) {
    *out << format.name;
}

const std::vector<Format>& formats() {
    static const std::vector<Format> all{
        {"Mp3", "mp3", {"-b:a", "192k"}, "mp3", 44100, 2, 0, 0.999},
        {"Aac", "m4a", {"-c:a", "aac", "-b:a", "192k"}, "aac", 44100, 2, 2048, 0.999},
        {"Alac", "m4a", {"-c:a", "alac"}, "alac"},
        {"Flac", "flac", {}, "flac"},
        {"Flac24", "flac", {"-sample_fmt", "s32"}, "flac"},
        {"Vorbis", "ogg", {"-c:a", "libvorbis", "-q:a", "6"}, "vorbis", 44100, 2, 0, 0.999},
        {"Opus", "opus", {"-b:a", "160k"}, "opus", 48000, 2, 0, 0.999},
        {"WavU8", "wav", {"-c:a", "pcm_u8"}, "pcm_u8", 44100, 2, 0, 0.999},
        {"WavS16", "wav", {"-c:a", "pcm_s16le"}, "pcm_s16le"},
        {"WavS24", "wav", {"-c:a", "pcm_s24le"}, "pcm_s24le"},
        {"WavS32", "wav", {"-c:a", "pcm_s32le"}, "pcm_s32le"},
        {"WavF32", "wav", {"-c:a", "pcm_f32le"}, "pcm_f32le"},
        {"WavF64", "wav", {"-c:a", "pcm_f64le"}, "pcm_f64le"},
        {"Aiff", "aiff", {}, "pcm_s16be"},
        {"Wma", "wma", {"-b:a", "192k"}, "wmav2", 44100, 2, 2048, 0},
        {"WavPack", "wv", {}, "wavpack"},
        {"Matroska", "mka", {"-c:a", "flac"}, "flac"},
        {"Adts", "aac", {"-b:a", "192k"}, "aac", 44100, 2, 2048, 0},
        {"Mono", "flac", {"-ac", "1"}, "flac", 44100, 1},
        {"Surround", "wav", {"-ac", "6"}, "pcm_s16le", 44100, 6, 0, 0.999},
        {"Rate192k", "wav", {"-ar", "192000"}, "pcm_s16le", 192000},
        {"Rate8k", "wav", {"-ar", "8000"}, "pcm_s16le", 8000},
    };
    return all;
}

/// One of each container that jumps in its own way.
std::vector<Format> containers() {
    constexpr std::array<std::string_view, 12> kNames{"Mp3",    "Aac",     "Alac",     "Flac",
                                                      "Vorbis", "Opus",    "WavS16",   "Aiff",
                                                      "Wma",    "WavPack", "Matroska", "Adts"};
    std::vector<Format> chosen;
    std::ranges::copy_if(formats(), std::back_inserter(chosen), [&](const Format& format) {
        return std::ranges::find(kNames, format.name) != kNames.end();
    });
    return chosen;
}

/// Has ffmpeg write `sound` in a format.
std::filesystem::path make(const TempFolder& folder, const Format& format,
                           const std::vector<float>& sound, int rate) {
    write_wav(folder / "source.wav", sound, rate);
    std::vector<std::string> arguments{"-i", (folder / "source.wav").string()};
    if (format.channels == 2) { // both sides alike, instead of ffmpeg's own gain
        arguments.insert(arguments.end(), {"-af", "pan=stereo|c0=c0|c1=c0"});
    }
    arguments.insert(arguments.end(), format.arguments.begin(), format.arguments.end());
    auto path = folder / (std::string("a.") + format.extension);
    arguments.push_back(path.string());
    ffmpeg(arguments);
    return path;
}

class DecoderReads : public ::testing::TestWithParam<Format> {
protected:
    static std::vector<float> sound(int rate) { return chirp(rate, 3, 200, 3000); }

    TempFolder folder_;
    std::filesystem::path path_ = make(folder_, GetParam(), sound(44100), 44100);
};

TEST_P(DecoderReads, TheSoundAtItsOwnRateAndLength) {
    const Format& format = GetParam();
    auto decoder = Decoder::open(path_);
    ASSERT_TRUE(decoder) << decoder.error().message;
    EXPECT_EQ(decoder->info().codec, format.codec);
    EXPECT_EQ(decoder->info().rate.hz, format.rate);
    EXPECT_EQ(decoder->info().channels, format.channels);
    EXPECT_NEAR(decoder->info().duration.count(), 3.0, 0.1);
    const std::vector<float> samples = read_all(*decoder);
    EXPECT_GE(samples.size(),
              static_cast<std::size_t>(3 * format.rate - (format.likeness > 0 ? 0 : 2048)));
    EXPECT_LE(samples.size(), static_cast<std::size_t>(3 * format.rate + format.spare));
    const std::vector<float> expected = sound(format.rate);
    if (format.likeness > 0) {
        EXPECT_GT(likeness(samples, expected), format.likeness);
        const double channels_heard = format.channels == 6 ? 6.0 : 1.0; // 5.1 has it in the centre
        EXPECT_NEAR(loudness(samples) * channels_heard, loudness(expected), 0.02);
    }
    EXPECT_EQ(decoder->damaged_packets(), 0U);
    EXPECT_EQ(decoder->warning(), "");
}

TEST_P(DecoderReads, TheSameSoundAtAnotherRate) {
    const Format& format = GetParam();
    for (const Resampling quality : {Resampling::Fast, Resampling::High}) {
        const std::vector<float> samples =
            decode(path_, {.rate = SampleRate{8000}, .resampling = quality});
        EXPECT_GE(samples.size(), format.likeness > 0 ? 24000U - 1 : 23600U);
        EXPECT_LE(samples.size(), 24000U + 1 + static_cast<std::size_t>(format.spare) * 8 / 44);
        if (format.likeness > 0) {
            EXPECT_GT(likeness(samples, sound(8000)), std::min(0.999, format.likeness));
        }
    }
}

class DecoderStarts : public ::testing::TestWithParam<Format> {};

TEST_P(DecoderStarts, ExactlyWhereAsked) {
    const TempFolder folder;
    const auto path = make(folder, GetParam(), chirp(16000, 36, 200, 3000), 16000);
    auto whole = Decoder::open(path);
    ASSERT_TRUE(whole);
    const int rate = whole->info().rate.hz;
    const std::vector<float> all = read_all(*whole);
    // 7.3 s is reached by decoding everything before, 33.7 s by a jump where the format allows it.
    for (const double start : {0.25, 7.3, 33.7}) {
        const std::vector<float> part =
            decode(path, {.start = Seconds{start}, .length = Seconds{2}});
        ASSERT_EQ(part.size(), static_cast<std::size_t>(2 * rate)) << start;
        const auto offset = static_cast<std::size_t>(std::lround(start * rate));
        double worst = 0;
        for (std::size_t i = 0; i < part.size(); ++i) {
            worst = std::max(worst, static_cast<double>(std::fabs(part[i] - all[offset + i])));
        }
        EXPECT_LT(worst, 1e-4) << "from " << start;
    }
}

INSTANTIATE_TEST_SUITE_P(Format, DecoderReads, ::testing::ValuesIn(formats()),
                         [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(Format, DecoderStarts, ::testing::ValuesIn(containers()),
                         [](const auto& test) { return std::string(test.param.name); });

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
    EXPECT_LT(peak() - before, 20'000) << "kilobytes";
}

TEST_F(DecoderTest, CutsSoundLongerThanTheMaximumAndSaysSo) {
    auto decoder = Decoder::open(chirp_file("a.wav", 6), {.max_duration = Seconds{2}});
    ASSERT_TRUE(decoder);
    EXPECT_EQ(read_all(*decoder).size(), 2U * 44100);
    EXPECT_NE(decoder->warning().find("longer than 2 s"), std::string::npos);
}

} // namespace
} // namespace spindle::audio
