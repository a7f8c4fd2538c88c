// SPDX-License-Identifier: Apache-2.0
// What people and programs have put into dumps costs at most the record it is in, and is counted.
#include <gmock/gmock.h>

#include "catalog_fixture.h"

namespace spindle::functional {
namespace {

using ::testing::HasSubstr;

class CatalogQuirks : public CatalogTest {
protected:
    /// Imports odd records between ordinary ones, all of which must get in.
    Json import_amid_others(const std::string& odd) {
        const auto dump = write("dump.xml", dump_of(records(1, 10) + odd + records(91, 100)));
        words_ = run(import_of(dump.string())).err;
        auto report = import(dump.string());
        for (const unsigned id : {1U, 10U, 91U, 100U}) {
            EXPECT_EQ(title_of(id), ordinary_title(id)) << odd;
        }
        EXPECT_EQ(run({"catalog", "stats", "--verify"}).exit_code, 0);
        return report;
    }

    /// One odd record that gets in, number 50.
    Json odd_release(const std::string& content) {
        const auto report = import_amid_others(record(50, content));
        EXPECT_EQ(report["releases"], 21);
        quirks_ = report["quirks"];
        return show(50);
    }

    std::string words_;
    Json quirks_;
};

TEST_F(CatalogQuirks, OfNestedAndUnknownElementsAreSteppedOver) {
    const auto release =
        odd_release("<x_future><title>no</title><release_of>9</release_of></x_future>"
                    "<title>Yes<b>no</b></title><tracklist><track><position>1</position><title>One"
                    "</title><sub_tracks><track><position>1.a</position><title>Part</title></track>"
                    "</sub_tracks></track></tracklist>");
    EXPECT_THAT(release["title"].get<std::string>(), ::testing::StartsWith("Yes"));
    ASSERT_EQ(release["tracks"].size(), 2U);
    EXPECT_EQ(release["tracks"][1]["position"], "1.a");
}

TEST_F(CatalogQuirks, OfQuantitiesWith52DigitsAreCountedAndBounded) {
    const auto release =
        odd_release("<title>T</title><formats><format name=\"CD\" "
                    "qty=\"1000000000000000000000000000000000000000000000000000\"/></formats>");
    EXPECT_EQ(release["formats"][0]["quantity"], 99'999);
    EXPECT_EQ(quirks_["odd_quantity"], 1);
    EXPECT_THAT(words_, HasSubstr("1 quantities that cannot be"));
}

TEST_F(CatalogQuirks, OfArtistsWithoutANumberAreCounted) {
    const auto release =
        odd_release("<title>T</title><artists><artist><name>A</name></artist><artist><id>0</id>"
                    "<name>B</name></artist><artist><id>3</id><name/></artist></artists>");
    EXPECT_EQ(release["artists"][0]["id"], nullptr);
    EXPECT_EQ(release["artists"][1]["name"], "B");
    EXPECT_EQ(quirks_["unlinked_artist"], 2);
    EXPECT_EQ(quirks_["unnamed_artist"], 1);
}

TEST_F(CatalogQuirks, OfControlCharactersAndIllFormedUtf8AreCountedAndGone) {
    const auto release = odd_release("<title>a\x01\x02z</title><country>b\xFF"
                                     "c</country>");
    EXPECT_EQ(release["title"], "az");
    EXPECT_EQ(release["country"], "b\uFFFDc");
    EXPECT_EQ(quirks_["control_characters"], 1);
    EXPECT_EQ(quirks_["ill_formed_utf8"], 1);
    EXPECT_THAT(words_, HasSubstr("1 texts with control characters"));
    EXPECT_EQ(stats()["about"]["quirk.control_characters"], "1");
}

TEST_F(CatalogQuirks, OfMissingFieldsAreCounted) {
    const auto release = odd_release("");
    EXPECT_EQ(release["title"], "");
    EXPECT_EQ(release["year"], nullptr);
    for (const char* quirk :
         {"no_title", "no_artist", "no_label", "no_format", "no_country", "no_date", "no_track"}) {
        EXPECT_EQ(quirks_[quirk], 1) << quirk;
    }
}

TEST_F(CatalogQuirks, OfOddValuesAreCounted) {
    const auto release = odd_release(
        "<title>T</title><released>?</released><master_id>x</master_id><labels><label "
        "name=\"L\" catno=\"none\"/><label name=\"\" catno=\"N 1\"/></labels><identifiers>"
        "<identifier type=\"Barcode\" value=\"0 12345 67890 5\"/><identifier type=\"Barcode\" "
        "value=\"012345678905\"/><identifier type=\"Barcode\" value=\"none\"/></identifiers>"
        "<tracklist><track><title>A</title><duration>long</duration></track></tracklist>");
    EXPECT_EQ(release["labels"][0]["catno"], "");
    EXPECT_EQ(release["barcodes"].size(), 1U);
    EXPECT_EQ(release["master_id"], nullptr);
    for (const char* quirk : {"odd_date", "odd_master", "number_none", "unnamed_label",
                              "barcode_repeated", "barcode_without_digits", "odd_duration"}) {
        EXPECT_EQ(quirks_[quirk], 1) << quirk;
    }
}

TEST_F(CatalogQuirks, OfRecordsThatAreCutOffCostThatRecordOnly) {
    const auto report = import_amid_others("<release id=\"50\"><title>cut o\n" +
                                           record(51, "<title>Whole</title>"));
    EXPECT_EQ(report["records"]["cut_off"], 1);
    EXPECT_EQ(report["records"]["whole"], 21);
    EXPECT_EQ(report["complete"], true);
    EXPECT_EQ(title_of(51), "Whole");
    EXPECT_EQ(title_of(50), "");
    EXPECT_THAT(words_, HasSubstr("1 records cut off in the middle"));
    EXPECT_EQ(stats()["about"]["cut_off"], "1");
}

TEST_F(CatalogQuirks, OfRecordsThatAreNoXmlAreNamed) {
    const auto report =
        import_amid_others(record(50, "<title>A</titel>") + record(51, "<title>A & B < C</title>"));
    EXPECT_GE(report["quirks"]["not_xml"], 1);
    EXPECT_EQ(title_of(50), "");
    EXPECT_THAT(words_, HasSubstr("the first: 50"));
}

TEST_F(CatalogQuirks, OfNumbersThatAreNoneAreCounted) {
    const auto report =
        import_amid_others("<release><title>A</title></release>\n" + record(0, "<title>B</title>") +
                           record(4'000'000'000U, "<title>C</title>"));
    EXPECT_EQ(report["quirks"]["no_id"], 3);
    EXPECT_EQ(report["releases"], 20);
}

TEST_F(CatalogQuirks, OfNumbersThatComeTwiceAreCounted) {
    const auto report =
        import_amid_others(record(50, "<title>Same</title>") + record(50, "<title>Same</title>"));
    EXPECT_EQ(report["records"]["repeated"], 1);
    EXPECT_EQ(title_of(50), "Same");
    EXPECT_THAT(words_, HasSubstr("1 records with the number of one before"));
}

TEST_F(CatalogQuirks, OfEndlessRecordsCostThatRecordOnly) {
    std::string large = "<title>";
    large.append(17U << 20U, 'x');
    const auto report = import_amid_others(record(50, large + "</title>"));
    EXPECT_EQ(report["records"]["oversized"], 1);
    EXPECT_EQ(title_of(50), "");
}

TEST_F(CatalogQuirks, OfEntitiesAreNoBomb) {
    const auto dump = write("dump.xml", "<?xml version=\"1.0\"?>\n<!DOCTYPE r [<!ENTITY a "
                                        "\"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
                                        "\n<releases>\n" +
                                            record(1, "<title>&b;&b; &lt;&#252;&#x20AC;</title>") +
                                            "</releases>\n");
    import(dump.string());
    EXPECT_THAT(title_of(1), HasSubstr("<ü€"));
    EXPECT_LT(title_of(1).size(), 40U);
}

TEST_F(CatalogQuirks, OfAByteOrderMarkAndBlankLinesAreNone) {
    const auto dump = write("dump.xml", "\xEF\xBB\xBF\n\n  " + small_dump(1, 3));
    EXPECT_EQ(import(dump.string())["releases"], 3);
}

} // namespace
} // namespace spindle::functional
