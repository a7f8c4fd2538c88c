// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "app/dig/shelf_samples.h"
#include "shelf/shelf_score.h"

namespace spindle::bench {
namespace {

using app::samples::reading_of;
using app::samples::standing;

app::Disc disc_at(double left, const std::vector<std::string>& words) {
    app::Disc disc;
    shelf::ReadSpine read{standing(left, 0), {}};
    if (!words.empty()) {
        read.readings = {reading_of(words)};
    }
    disc.seen = {{0, read}};
    disc.verdict = words.empty() ? app::DiscVerdict::Unread : app::DiscVerdict::Read;
    return disc;
}

ShelfTruth three_spines() {
    ShelfTruth truth;
    for (int i = 0; i < 3; ++i) {
        TrueSpine& spine = truth.spines.emplace_back();
        spine.quad = standing(i * 20.0, 0).quad;
        spine.legible = true;
        spine.text = "Kraftwerk Autobahn CDP 7 46153 2";
        spine.artist = "Kraftwerk";
        spine.title = "Autobahn";
        spine.number = "CDP 7 46153 2";
    }
    return truth;
}

ShelfTally tally_of(const ShelfTruth& truth, const std::vector<app::Disc>& discs,
                    CatalogGiven catalog = CatalogGiven::No) {
    ShelfTally tally;
    tally.add(score_photo(truth, discs, catalog));
    return tally;
}

TEST(ShelfScore, CountsSpinesFoundOnceAndBoxesThatAreNobodys) {
    const auto tally = tally_of(
        three_spines(), {disc_at(0, {}), disc_at(1, {}), disc_at(20, {}), disc_at(200, {})});
    EXPECT_EQ(tally.found.hits, 2U);
    EXPECT_EQ(tally.found.total, 3U);
    EXPECT_EQ(tally.false_boxes.hits, 2U);
    EXPECT_EQ(tally.false_boxes.total, 4U);
}

TEST(ShelfScore, DoesNotCountBoxesInIgnoredRegionsOrSaidToBeBacks) {
    auto truth = three_spines();
    truth.ignored = {{{190, -10}, {230, -10}, {230, 200}, {190, 200}}};
    auto back = disc_at(300, {});
    back.seen.front().spine.spine.printed = 0.1;
    const auto tally = tally_of(truth, {disc_at(200, {}), back});
    EXPECT_EQ(tally.false_boxes.hits, 0U);
    EXPECT_EQ(tally.false_boxes.total, 1U);
}

TEST(ShelfScore, CountsLettersWithoutCaseAccentsAndBlanks) {
    const auto score = score_text("Björk Début", reading_of({"BJORKD", "EBUT"}));
    EXPECT_EQ(score.letters, 10U);
    EXPECT_EQ(score.wrong, 0U);
    EXPECT_EQ(score.words_right, 0U);
    EXPECT_EQ(score_text("Björk Début", reading_of({"Bjork", "Debvt"})).wrong, 1U);
    EXPECT_EQ(score_text("Björk Début", {}).wrong, 10U);
}

TEST(ShelfScore, DoesNotMindTheOrderOfLines) {
    shelf::SpineReading read = reading_of({"Autobahn"});
    read.lines.push_back(reading_of({"Kraftwerk"}).lines.front());
    EXPECT_EQ(score_text("Kraftwerk Autobahn", read).wrong, 0U);
    shelf::SpineReading rows = reading_of({"MOZART", "Nachtmusik", "QK 57230"});
    rows.lines.push_back(reading_of({"Divertimenti"}).lines.front());
    EXPECT_EQ(score_text("Mozart Nachtmusik Divertimenti QK 57230", rows).wrong, 0U);
}

TEST(ShelfScore, ComparesCatalogNumbersByTheirLettersAndDigits) {
    EXPECT_EQ(score_number("CDP 7 46153 2", reading_of({"x", "CDP-746153", "2"})),
              NumberScore::Exact);
    EXPECT_EQ(score_number("CDP 7 46105 2", reading_of({"CDP", "7", "461O5", "2"})),
              NumberScore::Folded);
    EXPECT_EQ(score_number("CDP 7 46153 2", reading_of({"CDP", "7", "4653", "2"})),
              NumberScore::OneEdit);
    EXPECT_EQ(score_number("CDP 7 46153 2", reading_of({"CDP", "7", "4653"})), NumberScore::Wrong);
}

TEST(ShelfScore, TellsWhetherASpineWasReadUpsideDown) {
    auto disc = disc_at(0, {"Autobahn"});
    EXPECT_EQ(tally_of(three_spines(), {disc}).direction.hits, 1U);
    auto& quad = disc.seen.front().spine.spine.quad;
    quad = image::turned_around(quad);
    EXPECT_EQ(tally_of(three_spines(), {disc}).direction.hits, 0U);
}

TEST(ShelfScore, TellsRightReleasesFromWrongOnesAndFromNone) {
    app::Candidate right;
    right.artist = "Kraftwerk";
    right.title = "Autobahn";
    right.pressings.resize(1);
    app::Candidate other = right;
    other.title = "The Mix";
    std::vector<app::Disc> discs{disc_at(0, {"Autobahn"}), disc_at(20, {"Autobahn"})};
    for (app::Disc& disc : discs) {
        disc.verdict = app::DiscVerdict::Known;
    }
    discs[0].candidates = {right};
    discs[1].candidates = {other};
    const auto tally = tally_of(three_spines(), discs, CatalogGiven::Yes);
    EXPECT_EQ(tally.right.hits, 1U);
    EXPECT_EQ(tally.wrong.hits, 1U);
    EXPECT_EQ(tally.abstained.hits, 1U);
    other.pressings.front().numbers = {"CDP 746153-2"};
    discs[1].candidates = {other};
    EXPECT_EQ(tally_of(three_spines(), discs, CatalogGiven::Yes).right.hits, 2U);
}

} // namespace
} // namespace spindle::bench
