// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "playlist/path_map.h"
#include "playlist/playlist.h"
#include "playlist/uri.h"

namespace spindle::playlist {
namespace {

using namespace std::string_literals;

Playlist read(std::string_view bytes, Format format, const std::string& base = "/lists") {
    auto playlist = parse(bytes, format, base);
    EXPECT_TRUE(playlist.has_value()) << (playlist ? "" : playlist.error().message);
    return playlist.value_or(Playlist{});
}

std::vector<std::string> locations(const Playlist& playlist) {
    std::vector<std::string> result;
    for (const Entry& entry : playlist.entries) {
        result.push_back(entry.location);
    }
    return result;
}

using Names = std::vector<std::string>;

bool offers(const Entry& entry, const std::string& path) {
    return std::find(entry.alternatives.begin(), entry.alternatives.end(), path) !=
           entry.alternatives.end();
}

TEST(M3u, ReadsDescriptionsOfEntries) {
    const auto list = read("#EXTM3U\n#PLAYLIST:Evening\n#EXTINF:123,Ann - One - Two\na.mp3\n"
                           "#EXTINF:-1,Only Title\n#EXTALB:Disc\n/abs/b.mp3\n\n# remark\nc.mp3",
                           Format::M3u);
    EXPECT_EQ(list.name, "Evening");
    EXPECT_EQ(locations(list), (Names{"/lists/a.mp3", "/abs/b.mp3", "/lists/c.mp3"}));
    EXPECT_EQ(list.entries[0].artist, "Ann");
    EXPECT_EQ(list.entries[0].title, "One - Two");
    EXPECT_EQ(list.entries[0].duration, Seconds{123});
    EXPECT_EQ(list.entries[1].title, "Only Title");
    EXPECT_EQ(list.entries[1].album, "Disc");
    EXPECT_FALSE(list.entries[1].duration);
    EXPECT_EQ(list.entries[2].title, "");
}

TEST(M3u, TakesAnyLineEnds) {
    for (const auto& text : {"a.mp3\nb.mp3"s, "a.mp3\r\nb.mp3\r\n"s, "a.mp3\rb.mp3"s}) {
        EXPECT_EQ(locations(read(text, Format::M3u)), (Names{"/lists/a.mp3", "/lists/b.mp3"}));
    }
}

TEST(M3u, TakesUtf8AndLatin1AndUtf16) {
    const Names expected{"/lists/caf\u00e9.mp3"};
    EXPECT_EQ(locations(read("caf\u00e9.mp3", Format::M3u)), expected);
    EXPECT_EQ(locations(read("\xEF\xBB\xBF"
                             "caf\u00e9.mp3",
                             Format::M3u8)),
              expected);
    EXPECT_EQ(locations(read("caf\xe9.mp3\n", Format::M3u)), expected);
    EXPECT_EQ(
        locations(read("\xFF\xFE"s + "c\0a\0f\0\xe9\0.\0m\0p\0"s + "3\0\r\0\n\0"s, Format::M3u)),
        expected);
    EXPECT_EQ(locations(read("\xFE\xFF"s + "\0c\0a\0f\0\xe9\0.\0m\0p\0"s + "3"s, Format::M3u8)),
              expected);
}

TEST(M3u, OffersTheBytesOfALatin1Name) {
    const auto list = read("caf\xe9.mp3\n", Format::M3u);
    EXPECT_TRUE(offers(list.entries.at(0), "/lists/caf\xe9.mp3"));
}

TEST(M3u, OffersBothUnicodeFormsOfAName) {
    EXPECT_TRUE(offers(read("caf\u00e9.mp3", Format::M3u).entries.at(0), "/lists/cafe\u0301.mp3"));
    EXPECT_TRUE(offers(read("cafe\u0301.mp3", Format::M3u).entries.at(0), "/lists/caf\u00e9.mp3"));
}

TEST(M3u, TurnsBackslashesIntoFolders) {
    const auto list =
        read("..\\Music\\a.mp3\nC:\\Music\\b.mp3\n\\\\nas\\share\\c.mp3", Format::M3u);
    EXPECT_EQ(locations(list), (Names{"/Music/a.mp3", "C:/Music/b.mp3", "//nas/share/c.mp3"}));
    EXPECT_TRUE(offers(list.entries[0], "/lists/..\\Music\\a.mp3"));
}

TEST(M3u, ReadsUrisAndReportsRemoteOnes) {
    const auto list = read("file:///a%20b.mp3\nhttp://radio.example/live\na%20b.mp3", Format::M3u);
    EXPECT_EQ(locations(list),
              (Names{"/a b.mp3", "http://radio.example/live", "/lists/a%20b.mp3"}));
    EXPECT_EQ(list.entries[0].place, Place::File);
    EXPECT_EQ(list.entries[1].place, Place::Remote);
    EXPECT_TRUE(offers(list.entries[2], "/lists/a b.mp3"));
}

TEST(M3u, SkipsLinesLongerThanAnyPath) {
    const auto list = read(std::string(kLongestLine + 1, 'x') + "\nb.mp3", Format::M3u);
    EXPECT_EQ(locations(list), Names{"/lists/b.mp3"});
    EXPECT_EQ(list.warnings.size(), 1U);
}

TEST(M3u, GivesBackWhatAListOfPathsSays) {
    // ASCII without '%' and backslash: those and other characters have tests of their own.
    const auto name =
        rc::gen::container<std::string>(rc::gen::elementOf("abcXYZ019 -_()'&,.;~#[]{}"s));
    EXPECT_TRUE(rc::check([&] {
        const auto names = *rc::gen::container<std::vector<std::string>>(name);
        std::string text;
        Names expected;
        for (const auto& one : names) {
            text += "/m/x" + one + "x\n";
            expected.push_back("/m/x" + one + "x");
        }
        RC_ASSERT(locations(parse(text, Format::M3u, "/").value()) == expected);
    }));
}

TEST(Pls, OrdersByNumber) {
    const auto list = read("[playlist]\nFile2=b.mp3\nTitle2=Ann - Two\nLength2=60\n"
                           "file1 = sub/a.mp3\nNumberOfEntries=2\nVersion=2\nLength3=5\n",
                           Format::Pls);
    EXPECT_EQ(locations(list), (Names{"/lists/sub/a.mp3", "/lists/b.mp3"}));
    EXPECT_EQ(list.entries[1].artist, "Ann");
    EXPECT_EQ(list.entries[1].title, "Two");
    EXPECT_EQ(list.entries[1].duration, Seconds{60});
}

TEST(Xspf, ReadsTracks) {
    const auto list = read(R"(<?xml version="1.0"?>
        <playlist version="1" xmlns="http://xspf.org/ns/0/"><title>Evening</title><trackList>
        <track><location>file:///m/a%26b.mp3</location><title>A &amp; B</title>
          <creator>Ann</creator><album>X</album><duration>61500</duration></track>
        <track><location>http://x/y.mp3</location><location>sub/c%20d.ogg</location></track>
        <track><title>nowhere</title></track>
        </trackList></playlist>)",
                           Format::Xspf);
    EXPECT_EQ(list.name, "Evening");
    EXPECT_EQ(locations(list), (Names{"/m/a&b.mp3", "/lists/sub/c d.ogg"}));
    EXPECT_EQ(list.entries[0].title, "A & B");
    EXPECT_EQ(list.entries[0].artist, "Ann");
    EXPECT_EQ(list.entries[0].duration, Seconds{61.5});
    EXPECT_EQ(list.warnings.size(), 1U);
}

TEST(Xspf, KeepsWhatCameBeforeTheDamage) {
    const auto list =
        read("<playlist><trackList><track><location>/a.mp3</location></track><tr", Format::Xspf);
    EXPECT_EQ(locations(list), Names{"/a.mp3"});
    EXPECT_EQ(list.warnings.size(), 1U);
}

TEST(Xspf, RefusesEntitiesAndDeepNestingAndOtherXml) {
    const auto bomb = parse("<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>"
                            "<playlist>&b;</playlist>",
                            Format::Xspf, "/");
    ASSERT_FALSE(bomb.has_value());
    EXPECT_NE(bomb.error().message.find("entities"), std::string::npos);
    std::string deep;
    for (int i = 0; i < 100'000; ++i) {
        deep += "<a>";
    }
    EXPECT_FALSE(parse(deep, Format::Xspf, "/").has_value());
    EXPECT_FALSE(parse("<html/>", Format::Xspf, "/").has_value());
    EXPECT_FALSE(parse("", Format::Xspf, "/").has_value());
}

TEST(Parsing, SurvivesAnyBytes) {
    EXPECT_TRUE(rc::check([](const std::string& bytes) {
        for (const auto format : {Format::M3u, Format::M3u8, Format::Pls, Format::Xspf}) {
            const auto list = parse(bytes, format, "/lists");
            for (const Entry& entry : list.value_or(Playlist{}).entries) {
                RC_ASSERT(!entry.location.empty());
            }
        }
    }));
}

TEST(FormatOfAName, IgnoresCase) {
    EXPECT_EQ(format_of("/x/A.M3U8"), Format::M3u8);
    EXPECT_EQ(format_of("a.Pls"), Format::Pls);
    EXPECT_EQ(format_of("a.mp3"), std::nullopt);
}

std::string mapped(const std::vector<std::string>& rules, const std::string& path) {
    return PathMap::parse(rules).value().apply(path);
}

TEST(PathMapping, PrefersTheLongestFolder) {
    const std::vector<std::string> rules{"/Users/ann=/home/ann", "/Users/ann/Music=/mnt/music/"};
    EXPECT_EQ(mapped(rules, "/Users/ann/Music/a.mp3"), "/mnt/music/a.mp3");
    EXPECT_EQ(mapped(rules, "/Users/ann/Music"), "/mnt/music");
    EXPECT_EQ(mapped(rules, "/Users/ann/Musical.mp3"), "/home/ann/Musical.mp3");
    EXPECT_EQ(mapped(rules, "/Users/anna/x"), "/Users/anna/x");
    EXPECT_EQ(mapped({"C:\\Music=/mnt"}, "C:/Music/x"), "/mnt/x");
    EXPECT_EQ(mapped({"/=/mnt"}, "/x"), "/mnt/x");
    EXPECT_EQ(mapped({"/Mus\u00edca=/mnt"}, "/Musi\u0301ca/x"), "/mnt/x");
}

TEST(PathMapping, RefusesRulesWithoutTwoSides) {
    for (const std::string rule : {"/a", "=/b", "/a="}) {
        EXPECT_FALSE(PathMap::parse(std::vector{rule}).has_value()) << rule;
    }
}

TEST(PathMapping, KeepsBothUnicodeForms) {
    Entry entry = read("/Users/ann/caf\u00e9.mp3", Format::M3u8).entries.at(0);
    PathMap::parse(std::vector<std::string>{"/Users/ann=/mnt"}).value().apply(entry);
    EXPECT_EQ(entry.location, "/mnt/caf\u00e9.mp3");
    EXPECT_TRUE(offers(entry, "/mnt/cafe\u0301.mp3"));
}

} // namespace
} // namespace spindle::playlist
