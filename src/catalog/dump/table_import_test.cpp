// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/dump/format_words.h"
#include "catalog/dump/table_import.h"

namespace spindle::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kCollection =
    "Catalog#,Artist,Title,Label,Format,Rating,Released,release_id,CollectionFolder,Date Added,"
    "Collection Media Condition,Collection Sleeve Condition,Collection Notes\r\n";

ReleaseTable table_of(const std::string& content) {
    auto table = read_table(content);
    EXPECT_TRUE(table) << table.error().message;
    return table ? std::move(*table) : ReleaseTable();
}

std::string error_of(const std::string& content) {
    const auto table = read_table(content);
    return table ? "" : table.error().message;
}

std::vector<std::string> numbers_of(const Release& release) {
    std::vector<std::string> numbers;
    for (const LabelNumber& label : release.labels) {
        numbers.push_back(label.label + "=" + label.number);
    }
    return numbers;
}

TEST(ReleaseTable, ReadsTheCollectionExport) {
    const auto table =
        table_of(kCollection +
                 "\"AB - 4, AB4\",Some Pair*,You,\"First Records, Second Records (2)\",\"7\"\", "
                 "Single, RE\","
                 "5,1980,434828,Uncategorized,2020-11-12 12:26:02,Mint (M),,\"two\nlines\",,\r\n"
                 "none,Nobody,Untitled,Not On Label,CDr,,0,12,Uncategorized,,,\r\n");
    EXPECT_EQ(table.kind, TableKind::Collection);
    EXPECT_THAT(table.problems, IsEmpty());
    ASSERT_EQ(table.releases.size(), 2U);
    const Release& first = table.releases[0];
    EXPECT_EQ(first.id, ReleaseId{434828});
    EXPECT_EQ(credit_line(first.artists), "Some Pair");
    EXPECT_EQ(first.year, 1980);
    EXPECT_EQ(format_line(first.formats), "Vinyl, 7\", Single, Reissue");
    EXPECT_THAT(numbers_of(first), ElementsAre("First Records=AB - 4", "Second Records (2)=AB4"));
    EXPECT_THAT(numbers_of(table.releases[1]), ElementsAre("Not On Label="));
    EXPECT_EQ(table.releases[1].year, 0);
    EXPECT_EQ(table.quirks[Quirk::OddDate], 0U);
    EXPECT_EQ(table.quirks[Quirk::NumberNone], 1U);
}

TEST(ReleaseTable, ReadsTheInventoryExport) {
    const auto table = table_of(
        "listing_id,artist,title,label,catno,format,release_id,status,price,listed,comments,"
        "media_condition,sleeve_condition,accept_offer,external_id,weight,format_quantity,location,"
        "quantity\n1,A,T,L,N 1,\"CD, Album\",77,For Sale,5.00,2026-01-01,,Mint (M),,N,,100,1,,1\n");
    EXPECT_EQ(table.kind, TableKind::Inventory);
    ASSERT_EQ(table.releases.size(), 1U);
    EXPECT_EQ(table.releases[0].id, ReleaseId{77});
    EXPECT_THAT(table.ignored_columns, ::testing::Contains("price"));
}

TEST(ReleaseTable, ReadsNamedColumnsInAnyOrder) {
    const auto table =
        table_of("Title\tCATNO\tartist\tlabel\tbarcode\tyear\trelease_id\tcountry\t"
                 "master_id\tshelf\n"
                 "T\tN 1 | N 2\tA | B\tL\t0 1234 | 01234 | 99\t1999\t5\tJapan\t8\tx\n");
    EXPECT_EQ(table.kind, TableKind::Plain);
    EXPECT_THAT(table.ignored_columns, ElementsAre("shelf"));
    ASSERT_EQ(table.releases.size(), 1U);
    const Release& release = table.releases[0];
    EXPECT_EQ(credit_line(release.artists), "A, B");
    EXPECT_THAT(numbers_of(release), ElementsAre("L=N 1", "L=N 2"));
    EXPECT_THAT(release.barcodes, ElementsAre("0 1234", "99"));
    EXPECT_EQ(release.master, MasterId{8});
    EXPECT_EQ(release.country, "Japan");
}

TEST(ReleaseTable, KeepsALabelWithTheSeparatorInItsNameWhole) {
    const auto table = table_of(kCollection + "\"X 1, X 2\",A,T,\"Cut, Press, Sons\",CD,,1999,1\n");
    ASSERT_EQ(table.releases.size(), 1U);
    EXPECT_THAT(numbers_of(table.releases[0]),
                ElementsAre("Cut, Press, Sons=X 1", "Cut, Press, Sons=X 2"));
}

TEST(ReleaseTable, GivesRowsWithoutNumberTheSameOwnOneEachTime) {
    const std::string header = "release_id,artist,title,catno,country,year\n";
    const std::string a = ",Artist,Title,N 1,Japan,1999\n";
    const std::string b = "0,Artist,Title,N 2,Japan,1999\n";
    const auto first = table_of(header + a + b);
    const auto second = table_of(header + b + ",ARTIST,Title,N 1,Japan,1999\n");
    ASSERT_EQ(first.releases.size(), 2U);
    ASSERT_EQ(second.releases.size(), 2U);
    EXPECT_GE(first.releases[0].id.value, kFirstOwnRelease);
    EXPECT_NE(first.releases[0].id, first.releases[1].id);
    EXPECT_EQ(first.releases[0].id, second.releases[1].id) << "neither order nor case matter";
    EXPECT_EQ(first.releases[1].id, second.releases[0].id);
}

TEST(ReleaseTable, KeepsReleasesApartThatOnlyTheirBarcodesTellApart) {
    const auto table = table_of("artist,title,barcode\nA,T,111\nA,T,222\nA,T,111\n");
    ASSERT_EQ(table.releases.size(), 2U);
    EXPECT_NE(table.releases[0].id, table.releases[1].id);
    EXPECT_EQ(table.repeated, 1U);
}

TEST(ReleaseTable, CostsABadRowOnlyItself) {
    const auto table = table_of("release_id,artist,title\n"
                                "1,A,T\n12a,A,T\n2,\"A,T,\n3,A,T,too,many\n4,,\n,,\n,,,,\n5,A\n"
                                "2147483648,A,T\n1,A,T\n6,A,T\n");
    std::vector<std::uint32_t> ids;
    for (const Release& release : table.releases) {
        ids.push_back(release.id.value);
    }
    EXPECT_THAT(ids, ElementsAre(1U, 5U, 6U));
    std::vector<std::size_t> lines;
    for (const TableProblem& problem : table.problems) {
        lines.push_back(problem.line);
    }
    EXPECT_THAT(lines, ElementsAre(3U, 4U, 5U, 6U, 10U));
    EXPECT_EQ(table.bad_rows, 5U);
    EXPECT_EQ(table.repeated, 1U);
    EXPECT_THAT(table.problems[0].what, HasSubstr("12a"));
    EXPECT_THAT(table.problems[1].what, HasSubstr("not closed"));
    EXPECT_THAT(table.problems[3].what, HasSubstr("neither artist"));
}

TEST(ReleaseTable, ReadsWhatSpreadsheetsSave) {
    const auto utf16 = [](const std::string& text) {
        std::string bytes = "\xFF\xFE";
        for (const char c : text) {
            bytes += c;
            bytes += '\0';
        }
        return bytes;
    };
    EXPECT_EQ(table_of(utf16("artist\ttitle\r\nA\tT\r\n")).releases.size(), 1U);
    EXPECT_EQ(table_of("\xEF\xBB\xBF"
                       "artist,title\nA,T\n")
                  .releases.size(),
              1U);
    const auto mixed = table_of("artist,title\nBj\xF6rk,x\nBj\xC3\xB6rk,y\n");
    ASSERT_EQ(mixed.releases.size(), 2U);
    EXPECT_EQ(mixed.releases[0].artists[0].name, "Björk");
    EXPECT_EQ(mixed.releases[1].artists[0].name, "Björk");
}

TEST(ReleaseTable, SaysWhatItLookedForWhenAFileIsNone) {
    EXPECT_THAT(error_of(""), HasSubstr("empty"));
    EXPECT_THAT(error_of("\xEF\xBB\xBF\n \n"), HasSubstr("empty"));
    EXPECT_THAT(error_of(std::string("a\0b", 3)), HasSubstr("no text"));
    EXPECT_THAT(error_of("PK\x03\x04..."), HasSubstr("save the table as CSV"));
    EXPECT_THAT(error_of("\x1F\x8B..."), HasSubstr("packed"));
    EXPECT_THAT(error_of("<releases>"), HasSubstr("XML"));
    for (const char* other : {"Miles Davis\tKind Of Blue\t1959\n", "name,price\nx,1\n", "words"}) {
        EXPECT_THAT(error_of(other), HasSubstr("Looked for: release_id, artist, title")) << other;
    }
    EXPECT_THAT(error_of("name,price\nx,1\n"), HasSubstr("Found: name, price"));
    EXPECT_THAT(error_of("\"artist,title\n"), HasSubstr("not closed"));
}

TEST(FormatLine, ReadsTheShortFormsOfExports) {
    const auto line = [](const char* text) { return format_line(read_format_line(text)); };
    EXPECT_EQ(line("2xVinyl, 12\", 33 ⅓ RPM"), "2xVinyl, 12\", 33 ⅓ RPM");
    EXPECT_EQ(line("CD, Album, RE, RM, Dig"), "CD, Album, Reissue, Remastered, Dig");
    EXPECT_EQ(line("LP, Album"), "Vinyl, LP, Album");
    EXPECT_EQ(line("2xLP, Comp + CD, Mono"), "2xVinyl, LP, Compilation + CD, Mono");
    EXPECT_EQ(line("7\", S/Sided, Pap"), "Vinyl, 7\", Single Sided, Pap");
    EXPECT_EQ(line("Cass"), "Cassette");
    EXPECT_EQ(line("Wax tablet, Ltd"), "Wax tablet, Limited Edition");
    EXPECT_EQ(line(""), "");
    EXPECT_EQ(line("99999999999xCD"), "99999xCD");
    EXPECT_EQ(read_format_line("CD, Album, Dig, Gat").at(0).text, "Dig, Gat");
}

} // namespace
} // namespace spindle::catalog
