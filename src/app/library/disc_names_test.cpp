// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "app/library/disc_names.h"

namespace spindle::app {
namespace {

TEST(DiscNames, AreReadFromFoldersAsPeopleWriteThem) {
    EXPECT_EQ(disc_number_in("CD1"), 1);
    EXPECT_EQ(disc_number_in("cd 02"), 2);
    EXPECT_EQ(disc_number_in("Disc_12"), 12);
    EXPECT_EQ(disc_number_in("Disc 2 - Live"), 2);
    EXPECT_EQ(disc_number_in("Side B"), 2);
    EXPECT_EQ(disc_number_in("LP-1"), 1);
}

TEST(DiscNames, AreNotSeenInOtherWords) {
    for (const char* name : {"CDs", "Discovery", "Side effects", "Disco 2000", "CD", "1", "CD123",
                             "Vinyl", "", "disc "}) {
        EXPECT_EQ(disc_number_in(name), 0) << name;
    }
}

TEST(DiscNames, AreTakenOffAlbums) {
    EXPECT_EQ(album_without_disc("White (Disc 2)"), "White");
    EXPECT_EQ(album_without_disc(" White [CD1] "), "White");
    EXPECT_EQ(album_without_disc("White (Deluxe)"), "White (Deluxe)");
    EXPECT_EQ(album_without_disc("(Disc 2)"), "(Disc 2)");
    EXPECT_EQ(disc_number_of("/m/White/CD1/a.mp3", "White (Disc 2)"), 2);
    EXPECT_EQ(disc_number_of("/m/White/CD1/a.mp3", "White"), 1);
    EXPECT_EQ(disc_number_of("/m/White/a.mp3", "White"), 0);
}

} // namespace
} // namespace spindle::app
