// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "app/catalog/dump_names.h"

namespace spindle::app {
namespace {

TEST(Month, IsReadAndWrittenYearFirst) {
    EXPECT_EQ(parse_month("2026-07"), (Month{2026, 7}));
    EXPECT_EQ(to_string(Month{2026, 7}), "2026-07");
    EXPECT_LT((Month{2025, 12}), (Month{2026, 1}));
    for (const char* odd : {"", "2026", "2026-7", "2026-13", "2026-00", "26-07-01", "2026/07",
                            "2026-07-01", "abcd-ef"}) {
        EXPECT_FALSE(parse_month(odd)) << odd;
    }
}

TEST(ListedDumps, FindsNamesInAnyMarkupNewestFirst) {
    const auto days = listed_dumps("<a href='?download=data%2F2026%2Fdiscogs_20260601_releases.xml."
                                   "gz'>discogs_20260601_releases.xml.gz</a>\n"
                                   "discogs_20260701_CHECKSUM.txt discogs_20260701_masters.xml.gz"
                                   "{\"Key\":\"data/2026/discogs_20260601_CHECKSUM.txt\"}");
    ASSERT_EQ(days.size(), 2U);
    EXPECT_EQ(days[0].date, "20260701");
    EXPECT_FALSE(days[0].releases);
    EXPECT_TRUE(days[0].masters);
    EXPECT_TRUE(days[0].checksums);
    EXPECT_EQ(days[1].month(), (Month{2026, 6}));
    EXPECT_TRUE(days[1].releases);
    EXPECT_TRUE(days[1].checksums);
    EXPECT_EQ(days[1].releases_name(), "discogs_20260601_releases.xml.gz");
    EXPECT_EQ(days[1].masters_name(), "discogs_20260601_masters.xml.gz");
    EXPECT_EQ(days[1].checksums_name(), "discogs_20260601_CHECKSUM.txt");
}

TEST(ListedDumps, TakesNothingOverButDates) {
    for (const char* page :
         {"", "discogs_", "discogs_2026", "discogs_../../et_releases.xml.gz",
          "discogs_2026/701_releases.xml.gz", "discogs_20261301_releases.xml.gz",
          "discogs_20260732_releases.xml.gz", "discogs_-2026070_releases.xml.gz"}) {
        EXPECT_TRUE(listed_dumps(page).empty()) << page;
    }
    const auto days = listed_dumps("discogs_20260701_releases.xml.part discogs_20260701");
    ASSERT_EQ(days.size(), 1U);
    EXPECT_FALSE(days[0].releases);
}

TEST(ListedSum, ReadsWhatSha256sumWrites) {
    const std::string a(64, 'a');
    const std::string b(64, 'b');
    const std::string file = a + " *one.gz\n" + std::string(64, 'B') + "  two.gz\r\n";
    EXPECT_EQ(listed_sum(file, "one.gz"), a);
    EXPECT_EQ(listed_sum(file, "two.gz"), b);
    EXPECT_FALSE(listed_sum(file, "gz"));
    EXPECT_FALSE(listed_sum(file, "three.gz"));
}

TEST(ListedSum, PassesOverLinesThatAreNone) {
    const std::string sum(64, 'a');
    // Formatted, not added up: g++ 12 sees overlong copies in sums of strings here.
    const std::vector<std::string> odd{"",
                                       "<html>",
                                       sum,
                                       fmt::format("{} ", sum),
                                       fmt::format("{}one.gz", sum),
                                       fmt::format("{}  one.gz", std::string(63, 'a')),
                                       fmt::format("{}  one.gz", std::string(64, 'x')),
                                       fmt::format("{}\t one.gz", sum)};
    for (const std::string& line : odd) {
        EXPECT_FALSE(listed_sum(line, "one.gz")) << line;
        const std::string file = fmt::format("{}\n{}  one.gz", line, sum);
        EXPECT_EQ(listed_sum(file, "one.gz"), sum) << line;
    }
}

} // namespace
} // namespace spindle::app
