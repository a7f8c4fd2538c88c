// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "catalog/release.h"

namespace spindle::catalog {
namespace {

TEST(CreditLine, IsWhatTheSleeveShows) {
    EXPECT_EQ(credit_line({{0, "Simon", "", "&"}, {0, "Garfunkel", "", ""}}), "Simon & Garfunkel");
    EXPECT_EQ(credit_line({{0, "A", "", ","}, {0, "B", "", "Feat."}, {0, "C", "", ""}}),
              "A, B Feat. C");
    EXPECT_EQ(credit_line({{0, "Nick Cave (2)", "N. Cave", ""}}), "N. Cave");
    EXPECT_EQ(credit_line({{0, "Nirvana (2)", "", ""}}), "Nirvana");
}

TEST(CreditLine, SeparatesArtistsWithoutAJoinByCommas) {
    EXPECT_EQ(credit_line({{0, "A", "", ""}, {0, "B", "", ""}}), "A, B");
}

TEST(CreditLine, LeavesOutAJoinAfterTheLast) {
    EXPECT_EQ(credit_line({{0, "A", "", "&"}}), "A");
    EXPECT_EQ(credit_line({}), "");
}

TEST(WithoutNamesakeNumber, TakesOnlyTheNumberAway) {
    EXPECT_EQ(without_namesake_number("Nirvana (2)"), "Nirvana");
    EXPECT_EQ(without_namesake_number("Prince (1234)"), "Prince");
    EXPECT_EQ(without_namesake_number("Nirvana"), "Nirvana");
    EXPECT_EQ(without_namesake_number("Sunn O)))"), "Sunn O)))");
    EXPECT_EQ(without_namesake_number("Band (US)"), "Band (US)");
    EXPECT_EQ(without_namesake_number("Band ()"), "Band ()");
    EXPECT_EQ(without_namesake_number("Band(2)"), "Band(2)");
    EXPECT_EQ(without_namesake_number("(2)"), "(2)");
    EXPECT_EQ(without_namesake_number(" (2)"), " (2)"); // nothing would be left
    EXPECT_EQ(without_namesake_number(""), "");
    EXPECT_EQ(without_namesake_number("X (1) (2)"), "X (1)");
}

TEST(FormatLine, IsDiscogsShortForm) {
    EXPECT_EQ(format_line({{"Vinyl", 2, "180 gram", {"LP", "Album"}}}),
              "2xVinyl, LP, Album, 180 gram");
    EXPECT_EQ(format_line({{"CD", 1, "", {"Album"}}, {"DVD", 1, "", {}}}), "CD, Album + DVD");
    EXPECT_EQ(format_line({}), "");
}

} // namespace
} // namespace spindle::catalog
