// SPDX-License-Identifier: Apache-2.0
// Every way a file can disappoint: each is named, none crashes or hangs.
#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audio/audio_hash.h"
#include "audio/decoder.h"
#include "audio/tags.h"
#include "testing/media.h"
#include "testing/temp_folder.h"

namespace spindle::audio {
namespace {

using ::testing::AllOf;
using testing::ffmpeg;
using ::testing::HasSubstr;
using testing::read_bytes;
using testing::write_bytes;

class BadInput : public ::testing::Test {
protected:
    std::filesystem::path file(const std::string& name) const { return folder_ / name; }

    /// What open() says about the file; the message must name it.
    Error refusal(const std::string& name, const DecodeOptions& options = {}) const {
        const auto decoder = Decoder::open(file(name), options);
        EXPECT_FALSE(decoder) << name << " was opened";
        if (decoder) {
            return {};
        }
        EXPECT_THAT(decoder.error().message, HasSubstr(name));
        return decoder.error();
    }

    struct Outcome {
        std::size_t samples = 0;
        std::uint64_t damaged = 0;
        std::string warning;
    };
    Outcome outcome(const std::string& name) const {
        auto decoder = Decoder::open(file(name));
        EXPECT_TRUE(decoder) << (decoder ? "" : decoder.error().message);
        Outcome result;
        while (decoder) {
            const auto block = decoder->next();
            EXPECT_TRUE(block) << (block ? "" : block.error().message);
            if (!block || block->empty()) {
                break;
            }
            for (const float sample : *block) {
                EXPECT_TRUE(std::fabs(sample) <= 16) << sample;
            }
            result.samples += block->size();
        }
        if (decoder) {
            result.damaged = decoder->damaged_packets();
            result.warning = decoder->warning();
        }
        return result;
    }

    void make_sound(const std::string& name, double seconds = 10,
                    const std::vector<std::string>& arguments = {}) const {
        testing::write_wav(file("source.wav"), testing::chirp(44100, seconds, 200, 3000), 44100);
        std::vector<std::string> all{"-i", file("source.wav").string()};
        all.insert(all.end(), arguments.begin(), arguments.end());
        all.push_back(file(name).string());
        ffmpeg(all);
    }

    testing::TempFolder folder_;
};

TEST_F(BadInput, MissingFile) {
    EXPECT_EQ(refusal("missing.mp3").code, Code::NotFound);
    EXPECT_EQ(hash_audio(file("missing.mp3")).error().code, Code::NotFound);
    EXPECT_EQ(read_tags(file("missing.mp3")).error().code, Code::NotFound);
}

TEST_F(BadInput, Folder) {
    std::filesystem::create_directory(file("album.mp3"));
    const Error error = refusal("album.mp3");
    EXPECT_EQ(error.code, Code::BadInput);
    EXPECT_THAT(error.message, HasSubstr("folder"));
    EXPECT_THAT(read_tags(file("album.mp3")).error().message, HasSubstr("folder"));
}

TEST_F(BadInput, UnreadableFile) {
    make_sound("secret.ogg", 1);
    ::chmod(file("secret.ogg").c_str(), 0);
    if (::geteuid() == 0) {
        GTEST_SKIP() << "root reads everything";
    }
    EXPECT_EQ(refusal("secret.ogg").code, Code::NoAccess);
}

TEST_F(BadInput, EmptyFile) {
    write_bytes(file("empty.mp3"), "");
    const Error error = refusal("empty.mp3");
    EXPECT_EQ(error.code, Code::BadInput);
    EXPECT_THAT(error.message, HasSubstr("empty"));
    EXPECT_THAT(hash_audio(file("empty.mp3")).error().message, HasSubstr("empty"));
    EXPECT_THAT(read_tags(file("empty.mp3")).error().message, HasSubstr("empty"));
}

TEST_F(BadInput, TextCalledMp3) {
    std::string text;
    for (int i = 0; i < 2000; ++i) {
        text += "Dear diary, today I renamed you.\n";
    }
    write_bytes(file("diary.mp3"), text);
    const Error error = refusal("diary.mp3");
    EXPECT_EQ(error.code, Code::BadInput);
    EXPECT_THAT(error.message, HasSubstr("text"));
    EXPECT_FALSE(read_tags(file("diary.mp3")));
}

TEST_F(BadInput, BytesThatMeanNothing) {
    std::string noise(100'000, '\0');
    std::uint32_t state = 1;
    for (char& byte : noise) {
        state = state * 1664525U + 1013904223U;
        byte = static_cast<char>(state >> 24U);
    }
    for (const char* name : {"noise.mp3", "noise.ogg", "noise.m4a", "noise.flac", "noise"}) {
        write_bytes(file(name), noise);
        const auto decoder = Decoder::open(file(name));
        if (!decoder) { // random bytes may hold something an MP3 decoder takes for sound
            EXPECT_EQ(decoder.error().code, Code::BadInput) << name;
            EXPECT_THAT(decoder.error().message, HasSubstr(name));
        }
    }
    EXPECT_EQ(refusal("noise").code, Code::BadInput);
    EXPECT_EQ(refusal("noise.flac").code, Code::BadInput);
}

TEST_F(BadInput, VideoWithoutSound) {
    ffmpeg({"-f", "lavfi", "-i", "testsrc=size=64x64:duration=0.5:rate=10", "-c:v", "mpeg4",
            file("silent.mp4").string()});
    const Error error = refusal("silent.mp4");
    EXPECT_EQ(error.code, Code::BadInput);
    EXPECT_THAT(error.message, HasSubstr("no sound"));
}

TEST_F(BadInput, FairPlay) {
    make_sound("bought.m4a", 1);
    std::string bytes = read_bytes(file("bought.m4a"));
    const std::size_t entry = bytes.find("mp4a", bytes.find("stsd"));
    ASSERT_NE(entry, std::string::npos);
    bytes.replace(entry, 4, "drms");
    write_bytes(file("bought.m4p"), bytes);
    const Error error = refusal("bought.m4p");
    EXPECT_EQ(error.code, Code::Unsupported);
    EXPECT_THAT(error.message, AllOf(HasSubstr("DRM"), HasSubstr("copy")));
    EXPECT_EQ(hash_audio(file("bought.m4p")).error().code, Code::Unsupported);
}

TEST_F(BadInput, CommonEncryption) {
    make_sound("locked.mp4", 1,
               {"-c:a", "aac", "-encryption_scheme", "cenc-aes-ctr", "-encryption_key",
                "76a6c65c5ea762046bd749a2e632ccbb", "-encryption_kid",
                "a7e61c373e219033c21091fa607bf3b8"});
    const Error error = refusal("locked.mp4");
    EXPECT_EQ(error.code, Code::Unsupported);
    EXPECT_THAT(error.message, HasSubstr("DRM"));
}

TEST_F(BadInput, NoSoundInIt) {
    write_bytes(file("nothing.wav"), testing::wav_header({}));
    const Error error = refusal("nothing.wav");
    EXPECT_EQ(error.code, Code::BadInput);
    EXPECT_THAT(error.message, HasSubstr("0 seconds"));
    EXPECT_EQ(hash_audio(file("nothing.wav")).error().code, Code::BadInput);
}

TEST_F(BadInput, StartBeyondTheEnd) {
    make_sound("short.ogg", 2);
    for (const double start : {3.0, 100.0}) {
        const Error error = refusal("short.ogg", {.start = Seconds{start}});
        EXPECT_EQ(error.code, Code::BadInput);
        EXPECT_THAT(error.message, AllOf(HasSubstr("lasts 2.0 s"), HasSubstr(".0 s on")));
    }
}

TEST_F(BadInput, CutOffFile) {
    for (const char* name : {"cut.wav", "cut.flac", "cut.mp3", "cut.aiff"}) {
        make_sound(name);
        std::string bytes = read_bytes(file(name));
        write_bytes(file(name), bytes.substr(0, bytes.size() / 2));
        const Outcome result = outcome(name);
        EXPECT_NEAR(static_cast<double>(result.samples), 5 * 44100, 1.2 * 44100) << name;
        EXPECT_THAT(result.warning, AllOf(HasSubstr(name), HasSubstr("cut off"))) << name;
    }
    make_sound("cut.ogg");
    write_bytes(file("cut.ogg"), read_bytes(file("cut.ogg")).substr(0, 30'000));
    EXPECT_GT(outcome("cut.ogg").samples, 44100U);
}

TEST_F(BadInput, Mp4WithoutItsIndex) {
    make_sound("cut.m4a");
    write_bytes(file("cut.m4a"), read_bytes(file("cut.m4a")).substr(0, 20'000));
    const Error error = refusal("cut.m4a");
    EXPECT_EQ(error.code, Code::BadInput);
    EXPECT_THAT(error.message, AllOf(HasSubstr("cut off"), HasSubstr("index")));
}

TEST_F(BadInput, DamageInTheMiddleIsSteppedOver) {
    for (const char* name : {"hurt.flac", "hurt.mp3", "hurt.ogg", "hurt.m4a", "hurt.opus"}) {
        make_sound(name);
        std::string bytes = read_bytes(file(name));
        const std::size_t middle = bytes.size() / 2;
        for (std::size_t i = 0; i < bytes.size() / 20; ++i) {
            bytes[middle + i] = static_cast<char>(i * 37 + 11);
        }
        write_bytes(file(name), bytes);
        const Outcome result = outcome(name);
        EXPECT_GT(result.samples, 7U * 44100) << name; // a damaged Ogg page takes a second along
        EXPECT_GT(result.damaged, 0U) << name;
        EXPECT_THAT(result.warning, HasSubstr(name));
    }
}

TEST_F(BadInput, HeadersThatLie) {
    const auto lie = [&](const testing::WavHeader& header) {
        write_bytes(file("lie.wav"), testing::wav_header(header) + std::string(4000, '\1'));
        const auto decoder = Decoder::open(file("lie.wav"));
        return decoder ? Code::Failed : decoder.error().code;
    };
    EXPECT_EQ(lie({.format = 1, .channels = 65535, .bits = 16, .data_bytes = 4000}),
              Code::BadInput);
    EXPECT_EQ(lie({.format = 1, .channels = 200, .bits = 8, .data_bytes = 4000}), Code::BadInput);
    EXPECT_EQ(lie({.format = 1, .channels = 0, .bits = 16, .data_bytes = 4000}), Code::BadInput);
    EXPECT_EQ(lie({.format = 1, .rate = 0xFFFFFFF0, .bits = 16, .data_bytes = 4000}),
              Code::BadInput);
    EXPECT_EQ(lie({.format = 1, .rate = 1, .bits = 16, .data_bytes = 4000}), Code::BadInput);
    // A length of 13 hours over 4000 bytes of sound: what is there comes out.
    write_bytes(
        file("long.wav"),
        testing::wav_header({.format = 1, .rate = 22050, .bits = 16, .data_bytes = 0x7FFFFF00}) +
            std::string(4000, '\1'));
    EXPECT_EQ(outcome("long.wav").samples, 2000U);
}

TEST_F(BadInput, PlaylistsDoNotOpenOtherFiles) {
    make_sound("private.wav", 1);
    write_bytes(file("list.ffconcat"), "ffconcat version 1.0\nfile private.wav\n");
    write_bytes(file("list.m3u8"), "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nprivate.wav\n"
                                   "#EXT-X-ENDLIST\n");
    EXPECT_EQ(refusal("list.ffconcat").code, Code::BadInput);
    EXPECT_EQ(refusal("list.m3u8").code, Code::BadInput);
}

TEST_F(BadInput, NamesThatLookLikeAddresses) {
    make_sound("a.wav", 1);
    std::filesystem::create_directories(file("http:"));
    std::filesystem::rename(file("a.wav"), file("http:/a.wav"));
    const auto old = std::filesystem::current_path();
    std::filesystem::current_path(folder_.path());
    EXPECT_TRUE(Decoder::open("http:/a.wav"));
    EXPECT_TRUE(hash_audio("http:/a.wav"));
    std::filesystem::current_path(old);
}

TEST_F(BadInput, ImpossibleRatesAreRefused) {
    make_sound("a.wav", 1);
    EXPECT_FALSE(Decoder::open(file("a.wav"), {.rate = SampleRate{1}}));
    EXPECT_FALSE(Decoder::open(file("a.wav"), {.rate = SampleRate{-8000}}));
    EXPECT_FALSE(Decoder::open(file("a.wav"), {.rate = SampleRate{2'000'000'000}}));
}

TEST_F(BadInput, NothingIsWrittenToTheTerminal) {
    make_sound("hurt.mp3", 3);
    std::string bytes = read_bytes(file("hurt.mp3"));
    std::fill_n(bytes.begin() + 20'000, 3000, 'x');
    write_bytes(file("hurt.mp3"), bytes);
    ::testing::internal::CaptureStderr();
    ::testing::internal::CaptureStdout();
    outcome("hurt.mp3");
    (void)read_tags(file("hurt.mp3"));
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
    EXPECT_EQ(::testing::internal::GetCapturedStdout(), "");
}

} // namespace
} // namespace spindle::audio
