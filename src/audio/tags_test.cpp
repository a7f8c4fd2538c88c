// SPDX-License-Identifier: Apache-2.0
#include <fileref.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>
#include <tpropertymap.h>

#include "audio/detail/tag_fields.h"
#include "audio/tags.h"
#include "base/text.h"
#include "testing/media.h"
#include "testing/temp_folder.h"

namespace spindle::audio {
namespace {

using testing::ffmpeg;

Tags tags_of(const std::filesystem::path& path) {
    const auto tags = read_tags(path);
    EXPECT_TRUE(tags) << (tags ? "" : tags.error().message);
    return tags.value_or(Tags{});
}

void write_tags(const std::filesystem::path& path, const TagLib::PropertyMap& tags) {
    TagLib::FileRef file(path.c_str());
    file.file()->setProperties(tags);
    ASSERT_TRUE(file.save());
}

class TagsOf : public ::testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        testing::write_wav(folder_ / "source.wav", testing::chirp(44100, 2, 200, 3000), 44100);
        path_ = folder_ / (std::string("a.") + GetParam());
        ffmpeg({"-i", folder_ / "source.wav", path_});
    }
    testing::TempFolder folder_;
    std::filesystem::path path_;
};

TEST_P(TagsOf, ComeBackAsWritten) {
    const auto utf8 = [](const char* text) { return TagLib::String(text, TagLib::String::UTF8); };
    TagLib::PropertyMap written;
    written["TITLE"] = utf8("Prélude à l'après-midi · 牧神の午後");
    written["ARTIST"] = utf8("Орке́стр");
    written["ALBUM"] = utf8("Live");
    written["ALBUMARTIST"] = utf8("Various");
    written["GENRE"] = utf8("Classical");
    written["DATE"] = utf8("1973-03-01");
    written["TRACKNUMBER"] = utf8("3/12");
    written["DISCNUMBER"] = utf8("1/2");
    written["COMPILATION"] = utf8("1");
    written["MUSICBRAINZ_TRACKID"] = utf8("B1A9C0E9-D987-4042-AE91-78D6A3267D69");
    written["MUSICBRAINZ_ALBUMID"] = utf8("f5093c06-23e3-404f-aeaa-40f72885ee3a");
    written["MUSICBRAINZ_ARTISTID"] = utf8("83d91898-7763-47d7-b03b-b92132375c47");
    written["MUSICBRAINZ_RELEASEGROUPID"] = utf8("9c9f1380-2516-4fc9-a3e6-f9f61941d090");
    written["MUSICBRAINZ_RELEASETRACKID"] = utf8("not a uuid");
    write_tags(path_, written);

    const Tags tags = tags_of(path_);
    EXPECT_EQ(tags.title, "Prélude à l'après-midi · 牧神の午後");
    EXPECT_EQ(tags.artist, "Орке́стр");
    EXPECT_EQ(tags.album, "Live");
    EXPECT_EQ(tags.album_artist, "Various");
    EXPECT_EQ(tags.genre, "Classical");
    EXPECT_EQ(tags.date, "1973-03-01");
    EXPECT_EQ(tags.year, 1973);
    EXPECT_EQ(tags.position, "3/12");
    EXPECT_EQ(tags.track_number, 3);
    EXPECT_EQ(tags.track_count, 12);
    EXPECT_EQ(tags.disc_number, 1);
    EXPECT_EQ(tags.disc_count, 2);
    EXPECT_TRUE(tags.compilation);
    EXPECT_EQ(tags.recording_id, "b1a9c0e9-d987-4042-ae91-78d6a3267d69");
    EXPECT_EQ(tags.release_id, "f5093c06-23e3-404f-aeaa-40f72885ee3a");
    EXPECT_EQ(tags.artist_id, "83d91898-7763-47d7-b03b-b92132375c47");
    EXPECT_EQ(tags.release_group_id, "9c9f1380-2516-4fc9-a3e6-f9f61941d090");
    EXPECT_EQ(tags.release_track_id, "");
    EXPECT_NEAR(tags.duration.count(), 2.0, 0.1);
}

TEST_P(TagsOf, AMegabyteLongAreCutBetweenTwoCharacters) {
    std::string title;
    for (int i = 0; i < 500'000; ++i) {
        title += "\xC3\xA9"; // é
    }
    TagLib::PropertyMap written;
    written["TITLE"] = TagLib::String("a" + title, TagLib::String::UTF8);
    write_tags(path_, written);
    const Tags tags = tags_of(path_);
    EXPECT_EQ(tags.title.size(), kLongestTag - 1); // 1024 bytes would end inside an é
    EXPECT_TRUE(text::is_utf8(tags.title));
}

TEST_P(TagsOf, AreEmptyWhereThereAreNone) {
    write_tags(path_, {});
    const Tags tags = tags_of(path_);
    EXPECT_EQ(tags.artist, "");
    EXPECT_EQ(tags.track_number, std::nullopt);
    EXPECT_FALSE(tags.compilation);
    EXPECT_NEAR(tags.duration.count(), 2.0, 0.1);
}

INSTANTIATE_TEST_SUITE_P(Format, TagsOf,
                         ::testing::Values("mp3", "m4a", "flac", "ogg", "opus", "wav", "aiff"),
                         [](const auto& test) { return std::string(test.param); });

TEST(Tags, KeepThePositionsOfRecords) {
    const testing::TempFolder folder;
    testing::write_wav(folder / "source.wav", testing::chirp(44100, 1, 200, 3000), 44100);
    for (const char* extension : {"mp3", "ogg", "flac"}) {
        const auto path = folder / (std::string("a.") + extension);
        // By ffmpeg, for TagLib refuses to write what is no number.
        ffmpeg({"-i", folder / "source.wav", "-metadata", "track=B2", path});
        EXPECT_EQ(tags_of(path).position, "B2") << extension;
        EXPECT_EQ(tags_of(path).track_number, std::nullopt) << extension;
    }
}

TEST(Tags, OfFormatsTagLibDoesNotKnowComeFromFfmpeg) {
    const testing::TempFolder folder;
    testing::write_wav(folder / "source.wav", testing::chirp(44100, 1, 200, 3000), 44100);
    ffmpeg({"-i", folder / "source.wav", "-metadata", "title=Título", "-metadata", "artist=Someone",
            "-metadata", "album_artist=All", "-metadata", "track=4/9", folder / "a.mka"});
    const Tags tags = tags_of(folder / "a.mka");
    EXPECT_EQ(tags.title, "Título");
    EXPECT_EQ(tags.artist, "Someone");
    EXPECT_EQ(tags.album_artist, "All");
    EXPECT_EQ(tags.track_number, 4);
    EXPECT_EQ(tags.track_count, 9);
    EXPECT_NEAR(tags.duration.count(), 1, 0.05);
}

/// An MP3 whose ID3v2.3 tag is one title frame with these bytes.
std::string with_title(const std::string& mp3, const std::string& content) {
    const auto big_endian = [](std::size_t number, unsigned bits) {
        std::string bytes;
        for (int i = 3; i >= 0; --i) {
            bytes +=
                static_cast<char>(number >> (bits * static_cast<unsigned>(i)) & ((1U << bits) - 1));
        }
        return bytes;
    };
    const std::string frame =
        "TIT2" + big_endian(content.size(), 8) + std::string(2, '\0') + content;
    return std::string("ID3\3\0\0", 6) + big_endian(frame.size(), 7) + frame + mp3;
}

TEST(Tags, InOddEncodingsBecomeValidText) {
    const testing::TempFolder folder;
    testing::write_wav(folder / "source.wav", testing::chirp(44100, 1, 200, 3000), 44100);
    ffmpeg({"-i", folder / "source.wav", "-id3v2_version", "0", folder / "plain.mp3"});
    const std::string mp3 = testing::read_bytes(folder / "plain.mp3");
    const auto title = [&](const std::string& content) {
        testing::write_bytes(folder / "a.mp3", with_title(mp3, content));
        return tags_of(folder / "a.mp3").title;
    };
    EXPECT_EQ(title(std::string("\0Caf\xE9", 5)), "Café");                     // Latin-1
    EXPECT_EQ(title(std::string("\0\x93Hi\x94", 5)), "\u201CHi\u201D");        // Windows-1252
    EXPECT_EQ(title(std::string("\1\xFF\xFE\x1F\x04\x40\x04", 7)), "Пр");      // UTF-16 LE
    EXPECT_EQ(title(std::string("\1\xFE\xFF\x04\x1F\x04\x40", 7)), "Пр");      // UTF-16 BE
    EXPECT_EQ(title(std::string("\3\xD0\x9F\xD1\x80", 5)), "Пр");              // UTF-8
    EXPECT_EQ(title(std::string("\0  a\x1b[31m\x07\nb\x7f ", 14)), "a[31m b"); // controls
    for (const std::string& broken :
         {std::string("\3\xFF\xC3\x28", 4), std::string("\1\xFF\xFE\x00\xD8\x41", 6),
          std::string("\1\xFF", 2), std::string("\3", 1), std::string("\x09zzz", 4)}) {
        EXPECT_TRUE(text::is_utf8(title(broken)));
    }
}

TEST(Tags, OfAPipeAreRefusedInsteadOfWaitedFor) {
    const testing::TempFolder folder;
    ASSERT_EQ(::mkfifo((folder / "pipe.mp3").c_str(), 0600), 0);
    const auto tags = read_tags(folder / "pipe.mp3");
    ASSERT_FALSE(tags);
    EXPECT_EQ(tags.error().code, Code::BadInput);
}

TEST(TagFields, ReadNumbersTheWayPeopleWriteThem) {
    const auto track = [](const char* text) {
        const Tags tags = detail::tags_from({{"TRACKNUMBER", text}});
        EXPECT_EQ(tags.position, text);
        return std::pair(tags.track_number.value_or(0), tags.track_count.value_or(0));
    };
    EXPECT_EQ(track("7"), std::pair(7, 0));
    EXPECT_EQ(track("007"), std::pair(7, 0));
    EXPECT_EQ(track("7/12"), std::pair(7, 12));
    EXPECT_EQ(track("7 of 12"), std::pair(7, 12));
    EXPECT_EQ(track("/12"), std::pair(0, 12));
    EXPECT_EQ(track("0"), std::pair(0, 0));
    EXPECT_EQ(track("A1"), std::pair(0, 0));
    EXPECT_EQ(track("-3"), std::pair(0, 0));
    EXPECT_EQ(track("99999999999999999999"), std::pair(0, 0));
    const Tags apart = detail::tags_from(
        {{"TRACKNUMBER", "2"}, {"TRACKTOTAL", "9"}, {"DISCNUMBER", "1"}, {"TOTALDISCS", "2"}});
    EXPECT_EQ(apart.track_count, 9);
    EXPECT_EQ(apart.disc_count, 2);
}

TEST(TagFields, FindTheYearInADate) {
    const auto year = [](const char* date) { return detail::tags_from({{"DATE", date}}).year; };
    EXPECT_EQ(year("1973"), 1973);
    EXPECT_EQ(year("1973-03-01"), 1973);
    EXPECT_EQ(year("01/03/1973"), 1973);
    EXPECT_EQ(year("March 1973"), 1973);
    EXPECT_EQ(year("73"), std::nullopt);
    EXPECT_EQ(year(""), std::nullopt);
}

RC_GTEST_PROP(TagFields, AreValidShortTextWhateverTheBytes, (const std::string& bytes)) {
    const std::string clean = detail::clean_tag(bytes);
    RC_ASSERT(text::is_utf8(clean));
    RC_ASSERT(clean.size() <= kLongestTag);
    RC_ASSERT(std::ranges::none_of(
        clean, [](char byte) { return (byte >= 0 && byte < 0x20) || byte == 0x7F; }));
    RC_ASSERT(detail::clean_tag(clean) == clean);
}

} // namespace
} // namespace spindle::audio
