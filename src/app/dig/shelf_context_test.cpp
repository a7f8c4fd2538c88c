// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/dig/shelf_context.h"

namespace spindle::app {
namespace {

Candidate candidate(const std::string& artist, const std::string& label, double probability) {
    Candidate one;
    one.artist = artist;
    one.title = "Untitled";
    one.probability = one.alone = probability;
    one.pressings.resize(1);
    one.pressings.front().label = label;
    one.pressings.front().probability = probability;
    return one;
}

Disc sure(const std::string& artist, const std::string& label) {
    Disc disc;
    disc.verdict = DiscVerdict::Known;
    disc.candidates = {candidate(artist, label, 0.99)};
    disc.probability_of_none = 0.01;
    return disc;
}

Disc torn(Candidate first, Candidate second) {
    Disc disc;
    disc.verdict = DiscVerdict::Maybe;
    disc.probability_of_none = 1 - first.alone - second.alone;
    disc.candidates = {std::move(first), std::move(second)};
    return disc;
}

constexpr const char* kArtists[] = {"Abba",  "Beck",   "Can",   "Devo",  "Eno",   "Faust",
                                    "Gong",  "Hole",   "Inxs",  "Japan", "Kinks", "Lush",
                                    "Muse",  "Neu",    "Orb",   "Pulp",  "Queen", "Ride",
                                    "Suede", "Tricky", "Ultra", "Verve", "Wire",  "Xtc"};

/// Sorted by artist, each on a label of its own; one in the middle is in doubt.
std::vector<Disc> sorted_shelf(Disc doubtful) {
    std::vector<Disc> discs;
    for (const char* artist : kArtists) {
        discs.push_back(sure(artist, std::string("Label of ") + artist));
    }
    discs[12] = std::move(doubtful); // between Lush and Neu
    return discs;
}

TEST(ShelfContext, OfASortedShelfRaisesWhoStandsInOrder) {
    auto discs = sorted_shelf(torn(candidate("Muse", "A", 0.55), candidate("Abba", "B", 0.4)));
    weigh_by_neighbours(discs);
    EXPECT_EQ(discs[12].verdict, DiscVerdict::Known);
    EXPECT_GT(discs[12].candidates[0].probability, 0.8);
    EXPECT_DOUBLE_EQ(discs[12].candidates[0].alone, 0.55);
    auto other = sorted_shelf(torn(candidate("Abba", "B", 0.55), candidate("Muse", "A", 0.4)));
    weigh_by_neighbours(other);
    EXPECT_EQ(other[12].candidates[0].artist, "Muse");
}

TEST(ShelfContext, OfARunOfOneLabelRaisesThatLabel) {
    std::vector<Disc> discs;
    for (const char* artist : {"Wire", "Can", "Neu", "Abba", "Orb", "Beck", "Xtc", "Gong"}) {
        discs.push_back(sure(artist, "ECM"));
    }
    discs[4] = torn(candidate("Pulp", "ECM", 0.5), candidate("Suede", "Nude", 0.45));
    weigh_by_neighbours(discs);
    EXPECT_EQ(discs[4].verdict, DiscVerdict::Known);
    EXPECT_EQ(discs[4].candidates[0].artist, "Pulp");
}

TEST(ShelfContext, OfAShelfWithoutOrderSaysNearlyNothing) {
    std::vector<Disc> discs;
    for (std::size_t i = 0; i < 24; ++i) {
        discs.push_back(sure(kArtists[i * 7 % 24], std::to_string(i)));
    }
    discs[12] = torn(candidate("Muse", "A", 0.55), candidate("Abba", "B", 0.4));
    weigh_by_neighbours(discs);
    EXPECT_EQ(discs[12].verdict, DiscVerdict::Maybe);
    EXPECT_NEAR(discs[12].candidates[0].probability, 0.55, 0.15);
}

TEST(ShelfContext, LeavesWhatIsSureAndWhatWasNotReadAlone) {
    auto discs = sorted_shelf(sure("Abba", "Z"));
    discs[5] = Disc{};
    Disc read = torn(candidate("Gong", "G", 0.3), candidate("Hole", "H", 0.1));
    read.verdict = DiscVerdict::Read;
    discs[6] = read;
    weigh_by_neighbours(discs);
    EXPECT_EQ(discs[12].candidates[0].probability, 0.99);
    EXPECT_EQ(discs[5].verdict, DiscVerdict::Unread);
    EXPECT_EQ(discs[6].verdict, DiscVerdict::Read);
    EXPECT_EQ(discs[6].candidates[0].probability, 0.3);
}

TEST(ShelfContext, DoesNotMakeAnAnswerOfAFaintChance) {
    auto discs = sorted_shelf(torn(candidate("Muse", "A", 0.03), candidate("Abba", "B", 0.45)));
    weigh_by_neighbours(discs);
    EXPECT_NE(discs[12].verdict, DiscVerdict::Known);
}

TEST(ShelfContext, KeepsProbabilitiesASumOfOne) {
    auto discs = sorted_shelf(torn(candidate("Muse", "A", 0.5), candidate("Abba", "B", 0.3)));
    weigh_by_neighbours(discs);
    double sum = discs[12].probability_of_none;
    for (const Candidate& one : discs[12].candidates) {
        sum += one.probability;
        EXPECT_NEAR(one.pressings.front().probability, one.probability, 1e-12);
    }
    EXPECT_NEAR(sum, 1, 1e-9);
}

TEST(ShelfContext, OfNothingIsNothing) {
    std::vector<Disc> none;
    weigh_by_neighbours(none);
    std::vector<Disc> alone{torn(candidate("Muse", "A", 0.5), candidate("Abba", "B", 0.3))};
    weigh_by_neighbours(alone);
    EXPECT_EQ(alone[0].verdict, DiscVerdict::Maybe);
    EXPECT_NEAR(alone[0].candidates[0].probability, 0.5, 1e-9);
}

} // namespace
} // namespace spindle::app
