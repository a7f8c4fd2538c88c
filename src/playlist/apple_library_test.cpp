// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "playlist/apple_library.h"
#include "testing/temp_folder.h"

namespace spindle::playlist {
namespace {

std::string track(int id, const std::string& name, const std::string& location) {
    return fmt::format(
        "<key>{0}</key><dict><key>Track ID</key><integer>{0}</integer>"
        "<key>Name</key><string>{1}</string><key>Artist</key><string>Ann</string>"
        "<key>Total Time</key><integer>1500</integer>{2}</dict>\n",
        id, name, location.empty() ? "" : "<key>Location</key><string>" + location + "</string>");
}

std::string playlist(const std::string& name, const std::string& id, const std::string& parent,
                     const std::vector<int>& items, bool master = false) {
    std::string text = fmt::format("<dict><key>Name</key><string>{}</string>"
                                   "<key>Playlist Persistent ID</key><string>{}</string>",
                                   name, id);
    if (master) {
        text += "<key>Master</key><true/>";
    }
    if (!parent.empty()) {
        text += "<key>Parent Persistent ID</key><string>" + parent + "</string>";
    }
    text += "<key>Playlist Items</key><array>";
    for (const int item : items) {
        text += fmt::format("<dict><key>Track ID</key><integer>{}</integer></dict>", item);
    }
    return text + "</array></dict>\n";
}

std::string library_text() {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<!DOCTYPE plist PUBLIC \"-//Apple Computer//DTD PLIST 1.0//EN\" "
           "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
           "<plist version=\"1.0\"><dict><key>Major Version</key><integer>1</integer>"
           "<key>Tracks</key><dict>\n" +
           track(1, "One", "file:///Users/ann/Music/caf%C3%A9%20&#38;%20co/1.m4a") +
           track(2, "Two", "file://localhost/Users/ann/Music/e%CC%81t%C3%A9.mp3") +
           track(3, "Cloud", "") + track(4, "Stream", "http://radio.example/x") +
           track(5, "Five", "file:///Users/ann/Music/5.mp3") +
           "</dict><key>Playlists</key><array>\n" +
           playlist("Library", "A0", "", {1, 2, 3, 4, 5}, true) +
           playlist("Records", "B0", "", {1}) + playlist("Vinyl", "C0", "B0", {2, 1, 3}) +
           playlist("vinyl", "D0", "", {5}) + playlist("Twice", "E0", "B0", {1, 2}) +
           playlist("Twice", "F0", "", {2, 5}) + "</array></dict></plist>";
}

AppleLibrary read(std::string_view text, std::size_t part = 1U << 20U) {
    AppleLibraryParser parser;
    for (; !text.empty(); text.remove_prefix(std::min(part, text.size()))) {
        if (!parser.feed(text.substr(0, part))) {
            break;
        }
    }
    auto library = parser.finish();
    EXPECT_TRUE(library.has_value()) << (library ? "" : library.error().message);
    return std::move(library).value_or(AppleLibrary{});
}

std::vector<std::string> titles(const Playlist& list) {
    std::vector<std::string> result;
    for (const Entry& entry : list.entries) {
        result.push_back(entry.title);
    }
    return result;
}

using Names = std::vector<std::string>;

TEST(AppleLibrary, ReadsTracksWithTheirFiles) {
    const auto library = read(library_text());
    EXPECT_EQ(library.without_file, 2U);
    const Entry& one = library.tracks.at(1);
    EXPECT_EQ(one.location, "/Users/ann/Music/caf\u00e9 & co/1.m4a");
    EXPECT_EQ(one.artist, "Ann");
    EXPECT_EQ(one.duration, Seconds{1.5});
    EXPECT_EQ(library.tracks.at(2).location, "/Users/ann/Music/\u00e9t\u00e9.mp3");
}

TEST(AppleLibrary, GivesAPlaylistInItsOrder) {
    const auto list = entries_of(read(library_text()), "Vinyl").value();
    EXPECT_EQ(titles(list), (Names{"Two", "One"}));
    ASSERT_EQ(list.warnings.size(), 1U);
    EXPECT_NE(list.warnings[0].find("1 tracks"), std::string::npos);
}

TEST(AppleLibrary, TakesExactNamesBeforeOtherCase) {
    EXPECT_EQ(titles(entries_of(read(library_text()), "vinyl").value()), Names{"Five"});
    EXPECT_EQ(titles(entries_of(read(library_text()), "RECORDS").value()), Names{"One"});
}

TEST(AppleLibrary, JoinsPlaylistsOfTheSameNameAndSaysWhereTheyAre) {
    const auto list = entries_of(read(library_text()), "Twice").value();
    EXPECT_EQ(titles(list), (Names{"One", "Two", "Five"}));
    ASSERT_EQ(list.warnings.size(), 1U);
    EXPECT_NE(list.warnings[0].find("in Records, at the top"), std::string::npos);
}

TEST(AppleLibrary, ListsThePlaylistsThereAre) {
    const auto list = entries_of(read(library_text()), "Jazz");
    ASSERT_FALSE(list.has_value());
    EXPECT_EQ(list.error().code, Code::NotFound);
    EXPECT_NE(list.error().message.find("Records, Vinyl, vinyl, Twice"), std::string::npos);
}

TEST(AppleLibrary, GivesEverythingWithoutAName) {
    EXPECT_EQ(titles(entries_of(read(library_text()), "").value()), (Names{"One", "Two", "Five"}));
}

TEST(AppleLibrary, ReadsTheSameWhereverTheBytesAreSplit) {
    const auto whole = read(library_text());
    EXPECT_TRUE(rc::check([&] {
        const auto parts = read(library_text(), *rc::gen::inRange<std::size_t>(1, 300));
        RC_ASSERT(parts.tracks == whole.tracks);
        RC_ASSERT(parts.playlists.size() == whole.playlists.size());
    }));
}

TEST(AppleLibrary, KeepsTheTracksBeforeTheDamage) {
    const std::string text = library_text();
    const auto library = read(text.substr(0, text.find("Playlists")));
    EXPECT_EQ(library.order.size(), 3U);
    ASSERT_EQ(library.warnings.size(), 1U);
    EXPECT_NE(library.warnings[0].find("damaged"), std::string::npos);
}

TEST(AppleLibrary, RefusesWhatIsNone) {
    const auto refusal = [](std::string_view text) {
        AppleLibraryParser parser;
        (void)parser.feed(text);
        const auto library = parser.finish();
        return library ? std::string() : library.error().message;
    };
    EXPECT_NE(refusal("<plist><dict/></plist>"), "");
    EXPECT_NE(refusal(""), "");
    EXPECT_NE(refusal("bplist00\x01\x02").find("binary"), std::string::npos);
    EXPECT_NE(
        refusal("<!DOCTYPE plist [<!ENTITY a \"b\">]><plist><dict/></plist>").find("entities"),
        std::string::npos);
}

TEST(AppleLibrary, SurvivesAnyDamage) {
    const std::string text = library_text();
    EXPECT_TRUE(rc::check([&] {
        std::string damaged = text;
        for (const auto& [place, byte] :
             *rc::gen::container<std::vector<std::pair<std::uint16_t, char>>>(
                 rc::gen::arbitrary<std::pair<std::uint16_t, char>>())) {
            damaged[place % damaged.size()] = byte;
        }
        AppleLibraryParser parser;
        (void)parser.feed(damaged);
        if (const auto library = parser.finish()) {
            RC_ASSERT(library->tracks.size() == library->order.size());
        }
    }));
}

TEST(AppleLibrary, NamesTheFileItCannotRead) {
    const testing::TempFolder folder;
    const auto missing = read_apple_library(folder / "Library.xml");
    ASSERT_FALSE(missing.has_value());
    EXPECT_EQ(missing.error().code, Code::NotFound);
    std::ofstream(folder / "Library.xml") << library_text();
    EXPECT_EQ(read_apple_library(folder / "Library.xml").value().order.size(), 3U);
}

} // namespace
} // namespace spindle::playlist
