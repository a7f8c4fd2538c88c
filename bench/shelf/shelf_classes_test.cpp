// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "shelf/shelf_classes.h"

namespace spindle::bench {
namespace {

TrueSpine spine_of(double thickness, double height, double contrast, const char* font) {
    TrueSpine spine;
    spine.quad = {{{{0, 0}, {900, 0}, {900, thickness}, {0, thickness}}}};
    spine.legible = true;
    spine.title = "Autobahn";
    spine.number = "CDP 7 46153 2";
    spine.prints = {{"title", font, height, contrast}, {"catno", font, height / 2, contrast}};
    return spine;
}

SpineScore score_of(const TrueSpine& truth, std::size_t wrong, NumberScore number) {
    SpineScore score;
    score.truth = &truth;
    score.disc = 0;
    score.text = {20, wrong, 5, wrong == 0 ? 5U : 2U};
    score.number = number;
    return score;
}

const ClassTally& tally_of(const std::vector<ShelfClasses::Row>& rows, const std::string& by,
                           const std::string& kind) {
    for (const auto& row : rows) {
        if (row.by == by && row.kind == kind) {
            return row.tally;
        }
    }
    static const ClassTally kNone;
    return kNone;
}

TEST(ShelfClasses, CountLettersAndNumbersByWhatTheyAreSetIn) {
    const TrueSpine thin = spine_of(24, 12, 0.3, "FreeSansBold.ttf");
    const TrueSpine thick = spine_of(70, 30, 0.9, "FreeSans.ttf");
    PhotoScore photo;
    photo.spines = {score_of(thin, 7, NumberScore::Folded), score_of(thick, 0, NumberScore::Exact)};
    ShelfClasses classes;
    classes.add(photo);
    const auto rows = classes.rows();
    EXPECT_EQ(tally_of(rows, "thickness", "15 to 25").letters.hits, 7U);
    EXPECT_EQ(tally_of(rows, "thickness", "60 and more").numbers.hits, 1U);
    EXPECT_EQ(tally_of(rows, "height", "12 to 16").letters.total, 20U);
    EXPECT_EQ(tally_of(rows, "height", "below 8").numbers.total, 1U); // half as high as the title
    EXPECT_EQ(tally_of(rows, "contrast", "0.2 to 0.4").words.hits, 2U);
    EXPECT_EQ(tally_of(rows, "typeface", "FreeSans").letters.total, 40U);
}

TEST(ShelfClasses, LeaveOutWhatCannotBeReadAndWhatNobodyMeasured) {
    TrueSpine illegible = spine_of(24, 12, 0.3, "FreeSans.ttf");
    illegible.legible = false;
    TrueSpine by_hand = spine_of(24, 12, 0.3, "FreeSans.ttf");
    by_hand.prints.clear();
    PhotoScore photo;
    photo.spines = {score_of(illegible, 7, NumberScore::Wrong),
                    score_of(by_hand, 0, NumberScore::Exact)};
    ShelfClasses classes;
    classes.add(photo);
    ASSERT_EQ(classes.rows().size(), 1U);
    EXPECT_EQ(classes.rows().front().kind, "15 to 25");
    EXPECT_EQ(classes.rows().front().tally.found.total, 1U);
}

} // namespace
} // namespace spindle::bench
