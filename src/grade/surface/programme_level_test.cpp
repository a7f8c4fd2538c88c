// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "grade/surface/made_sides.h"
#include "grade/surface/programme_level.h"

namespace spindle::grade {
namespace {

ProgrammeFigures figures_of(const MadeSide& side, std::size_t block = 4096) {
    ProgrammeLevel meter({side.rate});
    feed_in_blocks(meter, side.sound(), block);
    return meter.finish();
}

TEST(ProgrammeLevel, IsThatOfItsLoudestTwentieth) {
    MadeSide side(20);
    side.add_tone(0, 20, 1000, -40);
    side.add_tone(5, 8, 500, -12);
    EXPECT_NEAR(figures_of(side).loud_db, -12, 0.1);
    MadeSide short_burst(20);
    short_burst.add_tone(0, 20, 1000, -40);
    short_burst.add_tone(5, 5.4, 500, -12);
    EXPECT_NEAR(figures_of(short_burst).loud_db, -40, 0.1);
}

TEST(ProgrammeLevel, IsThePowerMeanOfBothChannels) {
    MadeSide side(5);
    side.add_tone(0, 5, 1000, -20);
    std::ranges::fill(side.right, 0.0F);
    EXPECT_NEAR(figures_of(side).loud_db, -23, 0.1);
}

TEST(ProgrammeLevel, GivesTheSameWhateverTheBlockSize) {
    MadeSide side(7.3);
    side.add_music(0, 7.3, -10, 1);
    const ProgrammeFigures whole = figures_of(side, side.left.size());
    for (const std::size_t block : {1U, 333U, 10000U}) {
        const ProgrammeFigures figures = figures_of(side, block);
        EXPECT_EQ(figures.loud_db, whole.loud_db);
        EXPECT_EQ(figures.peak, whole.peak);
        EXPECT_EQ(figures.clipped_share, whole.clipped_share);
    }
    EXPECT_NEAR(whole.length.count(), 7.3, 1e-4);
}

TEST(ProgrammeLevel, FollowsTheGain) {
    MadeSide side(6);
    side.add_music(0, 6, -10, 2);
    const double before = figures_of(side).loud_db;
    side.turn_up(-17);
    EXPECT_NEAR(figures_of(side).loud_db, before - 17, 0.11);
}

TEST(ProgrammeLevel, FindsFlatTopsAtFullScaleAndBelow) {
    MadeSide side(4);
    side.add_tone(0, 4, 101, -3.2);
    EXPECT_LT(figures_of(side).clipped_share, 1e-5); // a whole sine has none to speak of
    for (auto* channel : {&side.left, &side.right}) {
        for (float& sample : *channel) {
            sample = std::clamp(sample, -0.78F, 0.78F);
        }
    }
    // 0.976 |sin| > 0.78 for 41 % of the time.
    EXPECT_NEAR(figures_of(side).clipped_share, 0.41, 0.02);
    side.turn_up(-10);
    EXPECT_NEAR(figures_of(side).clipped_share, 0.41, 0.02);
}

TEST(ProgrammeLevel, DoesNotTakeCoarseSamplesForClipping) {
    for (const float level : {-18.0F, -3.0F}) {
        MadeSide side(4);
        side.add_tone(0, 4, 101, level);
        for (auto* channel : {&side.left, &side.right}) {
            for (float& sample : *channel) {
                sample = std::round(sample * 127) / 128; // 8 bits
            }
        }
        EXPECT_EQ(figures_of(side).clipped_share, 0) << level;
    }
}

TEST(ProgrammeLevel, SaysSilenceOfSilenceAndOfNothing) {
    EXPECT_EQ(figures_of(MadeSide(2)).loud_db, kSilenceDb);
    EXPECT_EQ(figures_of(MadeSide(2)).clipped_share, 0);
    EXPECT_EQ(figures_of(MadeSide(0)).loud_db, kSilenceDb);
    EXPECT_EQ(figures_of(MadeSide(0)).length.count(), 0);
}

TEST(ProgrammeLevel, OfAFullScaleSquareIsZero) {
    MadeSide side(2);
    for (std::size_t i = 0; i < side.left.size(); ++i) {
        side.left[i] = side.right[i] = i / 100 % 2 == 0 ? 1.0F : -1.0F;
    }
    const ProgrammeFigures figures = figures_of(side);
    EXPECT_EQ(figures.loud_db, 0);
    EXPECT_EQ(figures.peak, 1);
    EXPECT_GT(figures.clipped_share, 0.99);
}

} // namespace
} // namespace spindle::grade
