// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <fileref.h>
#include <gtest/gtest.h>
#include <tpropertymap.h>

#include "audio/audio_hash.h"
#include "audio/decoder.h"
#include "testing/media.h"
#include "testing/temp_folder.h"

namespace spindle::audio {
namespace {

using testing::ffmpeg;

AudioHash hash_of(const std::filesystem::path& path) {
    const auto hash = hash_audio(path);
    EXPECT_TRUE(hash) << (hash ? "" : hash.error().message);
    return hash.value_or(AudioHash{});
}

void retag(const std::filesystem::path& path, std::size_t title_length) {
    TagLib::FileRef file(path.c_str()); // writes the last bytes when it is destroyed
    TagLib::PropertyMap tags;
    tags["TITLE"] = TagLib::String(std::string(title_length, 't'));
    tags["ARTIST"] = TagLib::String("someone");
    file.file()->setProperties(tags);
    ASSERT_TRUE(file.save());
}

class AudioHashOf : public ::testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        testing::write_wav(folder_ / "source.wav", testing::chirp(44100, 4, 200, 3000), 44100);
        path_ = folder_ / (std::string("a.") + GetParam());
        ffmpeg({"-i", folder_ / "source.wav", "-metadata", "title=before", path_});
    }
    testing::TempFolder folder_;
    std::filesystem::path path_;
};

TEST_P(AudioHashOf, SurvivesOtherTagsOtherNamesAndOtherPlaces) {
    const AudioHash before = hash_of(path_);
    for (const std::size_t length : {5U, 3000U, 300'000U}) {
        retag(path_, length);
        EXPECT_EQ(hash_of(path_), before) << length;
    }
    std::filesystem::create_directory(folder_ / "elsewhere");
    const auto moved = folder_.path() / "elsewhere" /
                       path_.filename().replace_filename(std::string("b.") + GetParam());
    std::filesystem::rename(path_, moved);
    EXPECT_EQ(hash_of(moved), before);
}

TEST_P(AudioHashOf, IsWhatTheDecoderGives) {
    auto decoder = Decoder::open(path_, {.rate = SampleRate{8000}, .hashing = Hashing::On});
    ASSERT_TRUE(decoder);
    EXPECT_EQ(decoder->hash(), std::nullopt) << "before the end nobody knows";
    for (auto block = decoder->next(); block && !block->empty(); block = decoder->next()) {
    }
    ASSERT_TRUE(decoder->hash());
    EXPECT_EQ(*decoder->hash(), hash_of(path_));
}

TEST_P(AudioHashOf, ChangesWithTheSound) {
    const AudioHash before = hash_of(path_);
    std::string bytes = testing::read_bytes(path_);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    testing::write_bytes(path_, bytes);
    EXPECT_NE(hash_of(path_), before);
}

INSTANTIATE_TEST_SUITE_P(Format, AudioHashOf,
                         ::testing::Values("mp3", "m4a", "flac", "ogg", "opus", "wav", "aiff",
                                           "wma"),
                         [](const auto& test) { return std::string(test.param); });

TEST(AudioHash, SurvivesAnotherCover) {
    const testing::TempFolder folder;
    testing::write_wav(folder / "source.wav", testing::chirp(44100, 2, 200, 3000), 44100);
    ffmpeg({"-f", "lavfi", "-i", "testsrc=size=200x200:duration=0.04:rate=25", folder / "c.png"});
    for (const char* extension : {"m4a", "flac", "mp3"}) {
        const auto plain = folder / (std::string("plain.") + extension);
        const auto covered = folder / (std::string("covered.") + extension);
        ffmpeg({"-i", folder / "source.wav", plain});
        ffmpeg({"-i", plain, "-i", folder / "c.png", "-map", "1", "-map", "0", "-c", "copy",
                "-disposition:v", "attached_pic", covered});
        EXPECT_EQ(hash_of(plain), hash_of(covered)) << extension;
    }
}

TEST(AudioHash, DiffersWhenTheSoundIsCodedAgain) {
    const testing::TempFolder folder;
    testing::write_wav(folder / "source.wav", testing::chirp(44100, 2, 200, 3000), 44100);
    std::set<AudioHash> hashes;
    for (const char* rate : {"96k", "128k", "192k"}) {
        ffmpeg({"-i", folder / "source.wav", "-b:a", rate, folder / "a.mp3"});
        hashes.insert(hash_of(folder / "a.mp3"));
    }
    EXPECT_EQ(hashes.size(), 3U);
}

TEST(AudioHash, IsNotGivenForPartOfAFile) {
    const testing::TempFolder folder;
    testing::write_wav(folder / "a.wav", testing::chirp(8000, 60, 200, 3000), 8000);
    for (const DecodeOptions& options :
         {DecodeOptions{.start = Seconds{40}, .hashing = Hashing::On},
          DecodeOptions{.length = Seconds{2}, .hashing = Hashing::On}, DecodeOptions{}}) {
        auto decoder = Decoder::open(folder / "a.wav", options);
        ASSERT_TRUE(decoder);
        for (auto block = decoder->next(); block && !block->empty(); block = decoder->next()) {
        }
        EXPECT_EQ(decoder->hash(), std::nullopt);
    }
}

TEST(AudioHash, IsWrittenAsHexadecimalAndReadBack) {
    AudioHash hash;
    for (std::size_t i = 0; i < hash.bytes.size(); ++i) {
        hash.bytes[i] = static_cast<std::uint8_t>(i * 17);
    }
    EXPECT_EQ(hash.to_hex(), "00112233445566778899aabbccddeeff");
    EXPECT_EQ(AudioHash::from_hex(hash.to_hex()), hash);
    EXPECT_EQ(AudioHash::from_hex("00112233445566778899AABBCCDDEEFF"), hash);
    for (const char* wrong :
         {"", "00", "00112233445566778899aabbccddeef", "00112233445566778899aabbccddeeff0",
          "00112233445566778899aabbccddeefg", "0x112233445566778899aabbccddeeff"}) {
        EXPECT_EQ(AudioHash::from_hex(wrong), std::nullopt) << wrong;
    }
}

} // namespace
} // namespace spindle::audio
