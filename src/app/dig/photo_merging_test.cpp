// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "app/dig/photo_merging.h"
#include "app/dig/shelf_samples.h"

namespace spindle::app {
namespace {

using samples::between;
using samples::misread;
using samples::rack;
using samples::seen_through;

/// Pixels for millimetres: straight on, and from the right and nearer, a little askew.
constexpr PlaneMap kStraight{{9, 0, 200, 0, 9, 150, 0, 0, 1}};
constexpr PlaneMap kFromTheRight{{11, -0.6, -900, 0.5, 10.5, 60, 1.4e-4, 2e-5, 1}};

using Photos = std::vector<std::vector<shelf::ReadSpine>>;

std::string first_word(const shelf::ReadSpine& spine) {
    const auto& words = spine.readings.front().lines.front().words;
    return words.empty() ? "" : words.front().text;
}

TEST(PhotoMerging, CountsADiscInTwoPhotosOnce) {
    const auto all = rack(3, 30, 1);
    Photos photos{seen_through(kStraight, between(all, 0, 200)),
                  seen_through(kFromTheRight, between(all, 120, 400))};
    misread(photos[0], 1);
    misread(photos[1], 2);
    EXPECT_EQ(merge_photos(photos).size(), all.size());
}

TEST(PhotoMerging, JoinsOnlySpinesThatAreTheSame) {
    const auto all = rack(3, 30, 1);
    const Photos photos{seen_through(kStraight, between(all, 0, 200)),
                        seen_through(kFromTheRight, between(all, 120, 400))};
    for (const Disc& disc : merge_photos(photos)) {
        for (const Sighting& sighting : disc.seen) {
            EXPECT_EQ(first_word(sighting.spine), first_word(disc.seen.front().spine));
        }
    }
}

TEST(PhotoMerging, JoinsSpinesNobodyCouldReadByTheirPlace) {
    auto all = rack(2, 20, 3);
    for (std::size_t i = 0; i < all.size(); i += 3) {
        all[i].readings.clear();
    }
    const Photos photos{seen_through(kStraight, between(all, 0, 150)),
                        seen_through(kFromTheRight, between(all, 50, 400))};
    EXPECT_EQ(merge_photos(photos).size(), all.size());
}

TEST(PhotoMerging, KeepsTwoShelvesApart) {
    const Photos photos{seen_through(kStraight, rack(3, 20, 4)),
                        seen_through(kStraight, rack(3, 20, 5))};
    EXPECT_EQ(merge_photos(photos).size(), 120U);
}

TEST(PhotoMerging, KeepsTwoShelvesApartThatShareATitleOrTwo) {
    auto first = rack(2, 20, 6);
    auto second = rack(2, 20, 7);
    second[3].readings = first[12].readings;
    second[17].readings = first[5].readings;
    const Photos photos{seen_through(kStraight, first), seen_through(kStraight, second)};
    EXPECT_EQ(merge_photos(photos).size(), 80U);
}

TEST(PhotoMerging, DoesNotTakeALabelsNameOnEverySpineForTheSameDiscs) {
    auto first = rack(1, 25, 8);
    auto second = rack(1, 25, 9);
    for (auto* const shelf : {&first, &second}) {
        for (shelf::ReadSpine& read : *shelf) {
            auto& words = read.readings.front().lines.front().words;
            words.resize(1);
            words.front().text = "Deutsche";
            words.push_back({"Grammophon", 0.9, {}, {}});
        }
    }
    const Photos photos{seen_through(kStraight, first), seen_through(kStraight, second)};
    EXPECT_EQ(merge_photos(photos).size(), 50U);
}

TEST(PhotoMerging, CountsTwoCopiesInOnePhotoTwice) {
    auto all = rack(1, 12, 10);
    all[6].readings = all[5].readings;
    EXPECT_EQ(merge_photos(Photos{seen_through(kStraight, all)}).size(), 12U);
    // Also where both are in two photos.
    const Photos photos{seen_through(kStraight, all), seen_through(kFromTheRight, all)};
    EXPECT_EQ(merge_photos(photos).size(), 12U);
}

TEST(PhotoMerging, TakesACloseUpForADiscThatWasSeen) {
    const auto all = rack(2, 15, 11);
    const Photos photos{seen_through(kStraight, all),
                        seen_through({{40, 3, 100, -3, 40, 90, 0, 0, 1}}, {all[7]})};
    const auto discs = merge_photos(photos);
    EXPECT_EQ(discs.size(), all.size());
    EXPECT_EQ(discs.at(7).seen.size(), 2U);
}

TEST(PhotoMerging, ReadsAPhotoHeldUpsideDown) {
    const auto all = rack(2, 15, 12);
    const Photos photos{seen_through(kStraight, all),
                        seen_through({{-9, 0.2, 3000, -0.3, -9, 2800, 0, 0, 1}}, all)};
    EXPECT_EQ(merge_photos(photos).size(), all.size());
}

TEST(PhotoMerging, JoinsAChainOfPhotos) {
    const auto all = rack(2, 40, 13);
    Photos photos;
    for (int i = 0; i < 4; ++i) {
        photos.push_back(seen_through({{9, 0, i * -700.0, 0.1, 9, 40, 1e-5, 0, 1}},
                                      between(all, i * 100, i * 100 + 160)));
    }
    EXPECT_EQ(merge_photos(photos).size(), all.size());
}

TEST(PhotoMerging, NumbersDiscsFromOneInTheOrderOfTheFirstPhoto) {
    const auto all = rack(1, 10, 14);
    const Photos photos{seen_through(kStraight, between(all, 0, 70)),
                        seen_through(kStraight, between(all, 30, 200))};
    const auto discs = merge_photos(photos);
    ASSERT_EQ(discs.size(), all.size());
    for (std::size_t i = 0; i < discs.size(); ++i) {
        EXPECT_EQ(discs[i].number, i + 1);
        EXPECT_EQ(first_word(discs[i].seen.front().spine), first_word(all[i]));
    }
}

TEST(PhotoMerging, PutsTheSightingThatWasReadBestFirst) {
    const auto all = rack(2, 10, 15);
    Photos photos{seen_through(kStraight, all), seen_through(kFromTheRight, all)};
    photos[0][4].readings.front().lines.front().words.resize(1);
    EXPECT_EQ(merge_photos(photos).at(4).seen.front().photo, 1U);
}

TEST(PhotoMerging, OfNothingIsNothing) {
    EXPECT_TRUE(merge_photos(Photos{}).empty());
    EXPECT_TRUE(merge_photos(Photos{{}, {}}).empty());
}

} // namespace
} // namespace spindle::app
