// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "io/csv.h"

namespace spindle::io {
namespace {

using ::testing::ElementsAre;
using Cells = std::vector<std::string>;

std::vector<CsvRow> rows_of(const std::string& content, char delimiter = ',') {
    CsvReader reader(content, delimiter);
    std::vector<CsvRow> rows;
    for (CsvRow row; reader.next(row);) {
        rows.push_back(row);
    }
    return rows;
}

std::vector<Cells> cells_of(const std::string& content, char delimiter = ',') {
    std::vector<Cells> cells;
    for (const CsvRow& row : rows_of(content, delimiter)) {
        cells.push_back(row.problem.empty() ? row.cells : Cells{"problem"});
    }
    return cells;
}

TEST(CsvReader, ReadsCellsWithDelimitersQuotesAndLineEnds) {
    EXPECT_THAT(cells_of("a,\"b, c\",\"7\"\" EP\"\r\n\"two\r\nlines\",,x\n"),
                ElementsAre(Cells{"a", "b, c", "7\" EP"}, Cells{"two\r\nlines", "", "x"}));
    EXPECT_THAT(cells_of("a\tb,c\t\"d\te\"", '\t'), ElementsAre(Cells{"a", "b,c", "d\te"}));
}

TEST(CsvReader, TakesAnyLineEndAndLeavesOutEmptyLines) {
    EXPECT_THAT(cells_of("\n\na\r\rb\r\n\r\nc"), ElementsAre(Cells{"a"}, Cells{"b"}, Cells{"c"}));
    EXPECT_THAT(cells_of(""), ElementsAre());
    EXPECT_THAT(cells_of("a,\n,"), ElementsAre(Cells{"a", ""}, Cells{"", ""}));
}

TEST(CsvReader, TakesQuotesThatQuoteNothingAsTheyAre) {
    EXPECT_THAT(cells_of("12\",\"Heroes\" (Live),x"),
                ElementsAre(Cells{"12\"", "\"Heroes\" (Live)", "x"}));
}

TEST(CsvReader, LosesOneLineToAQuoteThatIsNotClosed) {
    EXPECT_THAT(cells_of("a,b\n\"bad,c\nd,e\nf,g"),
                ElementsAre(Cells{"a", "b"}, Cells{"problem"}, Cells{"d", "e"}, Cells{"f", "g"}));
    EXPECT_THAT(cells_of("\"bad,c\nd,\"LP, Album\"\nf,g"),
                ElementsAre(Cells{"problem"}, Cells{"d", "LP, Album"}, Cells{"f", "g"}));
}

TEST(CsvReader, TakesTheReadingThatHasAsManyCellsAsTheHeader) {
    const std::string content = "artist\ttitle\tformat\n"
                                "A\t\"Stray\tVinyl\n"
                                "B\tT\t7\"\n"
                                "C\t\"two\nlines\"\tCD\n"
                                "D\t\"short\nrow\"\n"
                                "E\t\"Last\tLP";
    CsvReader reader(content, '\t');
    reader.expect_cells(3);
    std::vector<Cells> rows;
    std::vector<std::size_t> lines;
    for (CsvRow row; reader.next(row);) {
        EXPECT_EQ(row.problem, "");
        rows.push_back(row.cells);
        lines.push_back(row.line);
    }
    EXPECT_THAT(rows,
                ElementsAre(Cells{"artist", "title", "format"}, Cells{"A", "\"Stray", "Vinyl"},
                            Cells{"B", "T", "7\""}, Cells{"C", "two\nlines", "CD"},
                            Cells{"D", "short\nrow"}, Cells{"E", "\"Last", "LP"}));
    EXPECT_THAT(lines, ElementsAre(1U, 2U, 3U, 4U, 6U, 8U));
}

TEST(CsvReader, BoundsCellsAndRows) {
    const std::string large(CsvReader::kLargestCell + 1, 'x');
    EXPECT_THAT(cells_of("\"" + large + "\"\na"), ElementsAre(Cells{"problem"}, Cells{"a"}));
    EXPECT_THAT(cells_of(large + "\na"), ElementsAre(Cells{"problem"}, Cells{"a"}));
    EXPECT_THAT(cells_of(std::string(CsvReader::kMostCells, ',') + "\na"),
                ElementsAre(Cells{"problem"}, Cells{"a"}));
}

TEST(CsvReader, SaysInWhichLineOfTheFileARowBegins) {
    const auto rows = rows_of("h\n\n\"a\r\nb\nc\"\r\nx\n\"bad\ny\n");
    std::vector<std::size_t> lines;
    lines.reserve(rows.size());
    for (const CsvRow& row : rows) {
        lines.push_back(row.line);
    }
    EXPECT_THAT(lines, ElementsAre(1U, 3U, 6U, 7U, 8U));
}

RC_GTEST_PROP(CsvReader, ReadsBackWhatWasWritten, ()) {
    const auto cell = rc::gen::container<std::string>(
        rc::gen::element('a', '"', ',', '\t', '\n', '\r', ' ', '\xC3', '\0'));
    const auto table =
        *rc::gen::container<std::vector<Cells>>(rc::gen::nonEmpty(rc::gen::container<Cells>(cell)));
    const char delimiter = *rc::gen::element(',', '\t');
    std::string content;
    for (const Cells& row : table) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::string quoted = "\"";
            for (const char c : row[i]) {
                quoted += c == '"' ? "\"\"" : std::string(1, c);
            }
            content += (i == 0 ? "" : std::string(1, delimiter)) + quoted + "\"";
        }
        content += "\r\n";
    }
    RC_ASSERT(cells_of(content, delimiter) == table);
}

} // namespace
} // namespace spindle::io
