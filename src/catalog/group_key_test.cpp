// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <gtest/gtest.h>

#include "catalog/group_key.h"

namespace spindle::catalog {
namespace {

Release release_of(std::uint32_t master, const std::string& artist, const std::string& title) {
    Release release;
    release.master.value = master;
    release.artists = {{0, artist, "", ""}};
    release.title = title;
    return release;
}

TEST(GroupKey, IsThatOfTheMasterWhateverThePressingIsCalled) {
    EXPECT_EQ(group_key(release_of(7, "Prince", "Purple Rain")),
              group_key(release_of(7, "プリンス", "Purple Rain = パープル・レイン")));
    EXPECT_NE(group_key(release_of(7, "Prince", "Purple Rain")),
              group_key(release_of(8, "Prince", "Purple Rain")));
}

TEST(GroupKey, WithoutAMasterIsThatOfArtistAndTitleInAnySpelling) {
    EXPECT_EQ(group_key(release_of(0, "A-ha", "Stay On These Roads")),
              group_key(release_of(0, "A HA", "Stay on these roads!")));
    EXPECT_EQ(group_key(release_of(0, "Björk", "Début")),
              group_key(release_of(0, "BJORK", "Debut")));
    EXPECT_NE(group_key(release_of(0, "Björk", "Debut")),
              group_key(release_of(0, "Björk", "Post")));
}

TEST(GroupKey, KeepsNamesakesApart) {
    EXPECT_NE(group_key(release_of(0, "Nirvana (2)", "Live")),
              group_key(release_of(0, "Nirvana", "Live")));
}

TEST(GroupKey, DoesNotTakeAWordOfTheTitleForOneOfTheArtist) {
    EXPECT_NE(group_key(release_of(0, "Black", "Sabbath")),
              group_key(release_of(0, "Black Sabbath", "")));
    EXPECT_NE(group_key(release_of(0, "The Band", "Live")),
              group_key(release_of(0, "The", "Band Live")));
}

TEST(GroupKey, DoesNotTakeAMasterForATitle) {
    EXPECT_NE(group_key(release_of(7, "", "")), group_key(release_of(0, "", "m7")));
}

TEST(GroupKey, DoesNotDependOnWhatDiffersBetweenPressings) {
    Release release = release_of(0, "Prince", "Purple Rain");
    const auto key = group_key(release);
    release.id.value = 9;
    release.year = 1984;
    release.country = "Japan";
    release.labels = {{"Warner", "WPCP-1"}};
    release.artists[0].variation = "Prinz";
    EXPECT_EQ(group_key(release), key);
}

} // namespace
} // namespace spindle::catalog
