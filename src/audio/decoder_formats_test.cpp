// SPDX-License-Identifier: Apache-2.0
// Every format: the right sound, at the right place, of the right length.
#include <algorithm>
#include <array>
#include <cmath>
#include <ostream>
#include <string_view>

#include <gtest/gtest.h>

#include "audio/decoder.h"
#include "audio/detail/decoding_for_tests.h"
#include "testing/media.h"
#include "testing/temp_folder.h"

namespace spindle::audio {
namespace {

using detail::decode;
using detail::likeness;
using detail::loudness;
using detail::read_all;
using testing::chirp;
using testing::ffmpeg;
using testing::TempFolder;
using testing::write_wav;

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

} // namespace
} // namespace spindle::audio
