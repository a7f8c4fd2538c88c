// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/dump/clean_text.h"
#include "catalog/dump/release_xml.h"

namespace spindle::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A reader's answer and what it counted.
struct Answer {
    std::optional<Release> release;
    Quirks quirks;
};

Answer read(const std::string& children, const std::string& start = "<release id=\"7\">") {
    Answer answer;
    answer.release = read_release(start + children + "</release>", answer.quirks);
    return answer;
}

std::string tracklist(const std::string& tracks) {
    return "<tracklist>" + tracks + "</tracklist>";
}

std::string barcode(const std::string& value) {
    return "<identifier type=\"Barcode\" value=\"" + value + "\"/>";
}

TEST(ReleaseReader, ReadsWhatTheCatalogKeeps) {
    const auto [release, quirks] = read(
        "<images><image type=\"primary\" uri=\"\" width=\"1\"/></images>"
        "<artists><artist><id>1</id><name>Simon (2)</name><anv>S.</anv><join>&amp;</join></artist>"
        "<artist><id>2</id><name>Garfunkel</name><anv/><join/></artist></artists>"
        "<title>Caf&#233; &amp; &lt;Bar&gt;</title>"
        "<labels><label name=\"Svek\" catno=\"SK 026\" id=\"5\"/><label name=\"Own\" "
        "catno=\"none\"/></labels>"
        "<extraartists><artist><id>9</id><name>Nobody</name></artist></extraartists>"
        "<formats><format name=\"Vinyl\" qty=\"2\" text=\"180 gram\"><descriptions>"
        "<description>12\"</description><description>33 &#8531; RPM</description></descriptions>"
        "</format></formats><country>Sweden</country><released>1999-03-00</released>"
        "<notes>none of this</notes><master_id is_main_release=\"true\">5427</master_id>"
        "<identifiers>" +
        barcode("0 12345 67890 5") + barcode("012345678905") +
        "<identifier type=\"Matrix / Runout\" value=\"SK 026 A\" description=\"Side A\"/>"
        "<identifier type=\"Other\" value=\"x\"/></identifiers>" +
        tracklist("<track><position>A1</position><title>One</title><duration>3:20</duration>"
                  "<artists><artist><id>4</id><name>Other</name></artist></artists></track>"));
    ASSERT_TRUE(release);
    EXPECT_EQ(release->id, ReleaseId{7});
    EXPECT_EQ(release->master, MasterId{5427});
    EXPECT_EQ(release->title, "Café & <Bar>");
    EXPECT_EQ(release->country, "Sweden");
    EXPECT_EQ(release->year, 1999);
    EXPECT_EQ(credit_line(release->artists), "S. & Garfunkel");
    EXPECT_EQ(format_line(release->formats), "2xVinyl, 12\", 33 ⅓ RPM, 180 gram");
    ASSERT_EQ(release->labels.size(), 2U);
    EXPECT_EQ(release->labels[0].number, "SK 026");
    EXPECT_EQ(release->labels[1].number, "");
    EXPECT_THAT(release->barcodes, ElementsAre("0 12345 67890 5"));
    ASSERT_EQ(release->matrices.size(), 1U);
    EXPECT_EQ(release->matrices[0].description, "Side A");
    ASSERT_EQ(release->tracks.size(), 1U);
    EXPECT_EQ(release->tracks[0].position, "A1");
    EXPECT_EQ(release->tracks[0].seconds, 200U);
    Quirks expected;
    expected.count(Quirk::NumberNone);
    expected.count(Quirk::BarcodeRepeated);
    EXPECT_EQ(quirks, expected);
}

TEST(ReleaseReader, TakesElementsInAnyOrderAndStepsOverUnknownOnes) {
    const auto [release, quirks] =
        read("<future><title>not this</title></future><country>US</country><title>T</title>");
    ASSERT_TRUE(release);
    EXPECT_EQ(release->title, "T");
}

TEST(ReleaseReader, SaysWhetherAReleaseIsTheMainOneOfItsMaster) {
    ReleaseReader reader;
    Quirks quirks;
    const auto record = [](const std::string& main) {
        return "<release id=\"1\"><master_id is_main_release=\"" + main +
               "\">3</master_id></release>";
    };
    ASSERT_TRUE(reader.read(record("true"), quirks));
    EXPECT_TRUE(reader.is_main_release());
    ASSERT_TRUE(reader.read(record("false"), quirks));
    EXPECT_FALSE(reader.is_main_release());
}

TEST(ReleaseReader, PutsSubTracksBehindTheTrackTheyAreIn) {
    const auto [release, quirks] = read(
        tracklist("<track><position/><title>Suite</title><sub_tracks><track><position>1a"
                  "</position><title>I</title></track><track><position>1b</position><title>II"
                  "</title></track></sub_tracks></track><track><position>2</position></track>"));
    ASSERT_TRUE(release);
    std::vector<std::string> lines;
    for (const Track& track : release->tracks) {
        lines.push_back(track.position + "|" + track.title);
    }
    EXPECT_THAT(lines, ElementsAre("|Suite", "1a|I", "1b|II", "2|"));
}

TEST(ReleaseReader, DropsRecordsItCannotReadAndNamesThem) {
    const auto damaged = read("<title>A</titel>");
    EXPECT_FALSE(damaged.release);
    EXPECT_EQ(damaged.quirks[Quirk::NotXml], 1U);
    EXPECT_THAT(damaged.quirks.damaged(), ElementsAre(7U));
    EXPECT_THAT(damaged.quirks.sentences(), ElementsAre(HasSubstr("the first: 7")));
    for (const char* start : {"<release>", "<release id=\"0\">", "<release id=\"2147483648\">",
                              "<release id=\"x\">", "<release id=\"99999999999\">"}) {
        const auto answer = read("<title>A</title>", start);
        EXPECT_FALSE(answer.release) << start;
        EXPECT_EQ(answer.quirks[Quirk::NoId], 1U) << start;
    }
}

TEST(ReleaseReader, KeepsAnEmptyReleaseAndCountsWhatItLacks) {
    const auto [release, quirks] = read("");
    ASSERT_TRUE(release);
    for (const Quirk quirk : {Quirk::NoTitle, Quirk::NoArtist, Quirk::NoLabel, Quirk::NoFormat,
                              Quirk::NoCountry, Quirk::NoDate, Quirk::NoTrack}) {
        EXPECT_EQ(quirks[quirk], 1U) << name_of(quirk);
    }
}

TEST(ReleaseReader, ReadsArtistsThatAreLinkedToNoneOrHaveNoName) {
    const auto [release, quirks] = read("<artists><artist><name>A</name></artist><artist><id>0</id>"
                                        "<name>B</name></artist><artist><id>3</id><name/></artist>"
                                        "</artists>");
    ASSERT_TRUE(release);
    EXPECT_EQ(release->artists.size(), 3U);
    EXPECT_EQ(quirks[Quirk::UnlinkedArtist], 2U);
    EXPECT_EQ(quirks[Quirk::UnnamedArtist], 1U);
}

TEST(ReleaseReader, ClampsQuantities) {
    const auto quantity = [](const std::string& text) {
        const auto answer = read("<formats><format name=\"CD\" qty=\"" + text + "\"/></formats>");
        return std::pair(answer.release->formats.at(0).quantity, answer.quirks[Quirk::OddQuantity]);
    };
    EXPECT_EQ(quantity("3"), std::pair(3U, 0UL));
    EXPECT_EQ(quantity(""), std::pair(1U, 0UL));
    EXPECT_EQ(quantity("0"), std::pair(1U, 1UL));
    EXPECT_EQ(quantity("two"), std::pair(1U, 1UL));
    EXPECT_EQ(quantity("-1"), std::pair(1U, 1UL));
    EXPECT_EQ(quantity(std::string(52, '9')), std::pair(kMostQuantity, 1UL));
}

TEST(ReleaseReader, FindsTheYearInWhatPeopleWriteForADate) {
    const auto year = [](const std::string& text) {
        const auto answer = read("<released>" + text + "</released>");
        return std::pair<int, std::uint64_t>(answer.release->year, answer.quirks[Quirk::OddDate]);
    };
    EXPECT_EQ(year("1999"), std::pair(1999, 0UL));
    EXPECT_EQ(year("1999-03-00"), std::pair(1999, 0UL));
    EXPECT_EQ(year("1860"), std::pair(1860, 0UL));
    EXPECT_EQ(year("1859"), std::pair(0, 0UL));
    EXPECT_EQ(year("2101"), std::pair(0, 0UL));
    EXPECT_EQ(year("03/12/1999"), std::pair(1999, 1UL));
    EXPECT_EQ(year("?"), std::pair(0, 1UL));
    EXPECT_EQ(year("Not Known"), std::pair(0, 1UL));
    EXPECT_EQ(year("197?"), std::pair(0, 1UL));
}

TEST(ReleaseReader, UnderstandsPlayingTimes) {
    const auto seconds = [](const std::string& text) {
        const auto answer = read(tracklist("<track><duration>" + text + "</duration></track>"));
        return std::pair(answer.release->tracks.at(0).seconds, answer.quirks[Quirk::OddDuration]);
    };
    EXPECT_EQ(seconds("3:20"), std::pair(200U, 0UL));
    EXPECT_EQ(seconds("3.20"), std::pair(200U, 0UL));
    EXPECT_EQ(seconds("1:02:03"), std::pair(3723U, 0UL));
    EXPECT_EQ(seconds("75:00"), std::pair(4500U, 0UL));
    EXPECT_EQ(seconds(""), std::pair(0U, 0UL));
    for (const char* junk : {"3", "3:2", "3:60", ":20", "3:", "1:2:3", "1:00:00:00", "three",
                             "-3:20", "12345:00", "3:20 (approx)"}) {
        EXPECT_EQ(seconds(junk), std::pair(0U, 1UL)) << junk;
    }
}

TEST(ReleaseReader, RemovesControlCharactersHoweverTheyAreWritten) {
    using namespace std::string_literals;
    for (const std::string& control :
         {"\x01"s, "\x1F"s, "\x7F"s, "\0"s, "&#1;"s, "&#x1b;"s, "&#0;"s, "&#128;"s, "\xC2\x85"s,
          "&#65535;"s, "\xEF\xBF\xBE"s}) {
        const auto [release, quirks] = read("<title>A" + control + "B</title>");
        ASSERT_TRUE(release) << ::testing::PrintToString(control);
        EXPECT_EQ(release->title, "AB") << ::testing::PrintToString(control);
        EXPECT_EQ(quirks[Quirk::ControlCharacters], 1U);
    }
    EXPECT_EQ(read("<title> A\r\n\tB&#13;C </title>").release->title, "A B C");
}

TEST(ReleaseReader, ReplacesWhatIsNoCharacter) {
    const auto [release, quirks] = read("<title>caf\xE9</title><country>&#xD800;</country>");
    ASSERT_TRUE(release);
    EXPECT_EQ(release->title, "caf\uFFFD");
    EXPECT_EQ(quirks[Quirk::IllFormedUtf8], 1U);
    EXPECT_EQ(release->country, "\uFFFD");
    EXPECT_EQ(read("<title>A &unknown; &#; & B</title>").release->title, "A &unknown; &#; & B");
}

TEST(ReleaseReader, CutsWhatIsLongerThanAnyHonestRelease) {
    std::string tracks;
    for (std::size_t i = 0; i < kMostTracks + 1; ++i) {
        tracks += "<track><title>t</title></track>";
    }
    std::string text(kLongestText - 1, 'x');
    const auto [release, quirks] = read("<title>" + text + "ä</title>" + tracklist(tracks));
    ASSERT_TRUE(release);
    EXPECT_EQ(release->title, text) << "not within a character";
    EXPECT_EQ(release->tracks.size(), kMostTracks);
    EXPECT_EQ(quirks[Quirk::TextCut], 1U);
    EXPECT_EQ(quirks[Quirk::ListCut], 1U);
}

TEST(ReleaseReader, ReadsTextInPiecesWithCommentsAndCdata) {
    const auto [release, quirks] =
        read("<notes><![CDATA[</notes><title>no</title><notes>]]></notes>"
             "<title>A <![CDATA[&amp; <b>]]><!-- x --> &amp; C</title>");
    ASSERT_TRUE(release);
    EXPECT_EQ(release->title, "A &amp; <b> & C");
}

TEST(ReleaseReader, IsNotMisledByAnElementInsideItsOwnKind) {
    const auto [release, quirks] =
        read("<notes>a<notes>b</notes><title>no</title></notes><title>yes</title>");
    ASSERT_TRUE(release);
    EXPECT_EQ(release->title, "yes");
}

TEST(ReleaseReader, KeepsBarcodesOnceByTheirDigits) {
    const auto [release, quirks] =
        read("<identifiers>" + barcode("5 099749 534728 >") + barcode("5099749534728") +
             barcode("none") + barcode("") + barcode("123") + "</identifiers>");
    ASSERT_TRUE(release);
    EXPECT_THAT(release->barcodes, ElementsAre("5 099749 534728 >", "123"));
    EXPECT_EQ(quirks[Quirk::BarcodeRepeated], 1U);
    EXPECT_EQ(quirks[Quirk::BarcodeWithoutDigits], 1U);
}

TEST(Quirks, AddUp) {
    Quirks a;
    a.count(Quirk::NoTitle, 2);
    a.count_damaged(3);
    Quirks b;
    b.count(Quirk::NoTitle);
    for (std::uint32_t id = 10; id < 30; ++id) {
        b.count_damaged(id);
    }
    a += b;
    EXPECT_EQ(a[Quirk::NoTitle], 3U);
    EXPECT_EQ(a[Quirk::NotXml], 21U);
    EXPECT_EQ(a.damaged().size(), Quirks::kMostNamed);
    EXPECT_EQ(a.damaged().front(), 3U);
    EXPECT_THAT(Quirks().sentences(), IsEmpty());
    EXPECT_THAT(a.sentences(), ElementsAre(HasSubstr("21 records dropped"),
                                           HasSubstr("3 releases without a title")));
}

} // namespace
} // namespace spindle::catalog
