// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "grade/surface/made_sides.h"
#include "grade/surface/wear_meter.h"

namespace spindle::grade {
namespace {

WearFigures wear_of(const MadeSide& side, std::size_t block = 16384) {
    WearMeter meter({side.rate});
    feed_in_blocks(meter, side.sound(), block);
    return meter.finish();
}

MadeSide noisy_music() {
    MadeSide side(30);
    side.add_noise(0, 30, -30, 1); // cymbals
    side.add_music(0, 30, -12, 2);
    return side;
}

/// Adds a share of the square of the treble (first differences), as a worn wall does.
void wear(MadeSide& side, float share, std::size_t from = 1) {
    for (auto* channel : {&side.left, &side.right}) {
        std::vector<float> worn = *channel;
        for (std::size_t i = std::max<std::size_t>(from, 1); i < channel->size(); ++i) {
            const float treble = (*channel)[i] - (*channel)[i - 1];
            worn[i] += share * treble * treble;
        }
        *channel = worn;
    }
}

TEST(WearMeter, FollowsTheWear) {
    double before = wear_of(noisy_music()).follows_square;
    EXPECT_LT(before, 0.03);
    for (const float share : {2.0F, 4.0F, 8.0F}) {
        MadeSide side = noisy_music();
        wear(side, share);
        const double after = wear_of(side).follows_square;
        EXPECT_GT(after, before);
        before = after;
    }
    EXPECT_GT(before, 0.1);
}

TEST(WearMeter, TellsInnerGroovesFromOuter) {
    MadeSide side(50);
    side.add_noise(0, 50, -25, 1);
    wear(side, 8, side.at(34));
    const WearFigures figures = wear_of(side);
    EXPECT_GT(figures.inner, figures.outer + 0.05);
}

TEST(WearMeter, DoesNotDependOnGainNorBlocks) {
    MadeSide side = noisy_music();
    wear(side, 4);
    const WearFigures whole = wear_of(side, side.left.size());
    EXPECT_EQ(wear_of(side, 1000).follows_square, whole.follows_square);
    side.turn_up(-12);
    EXPECT_NEAR(wear_of(side).follows_square, whole.follows_square, 1e-4);
}

TEST(WearMeter, SaysNothingWhereThereIsNoTreble) {
    EXPECT_EQ(wear_of(MadeSide(30)).heard.count(), 0);
    EXPECT_EQ(wear_of(MadeSide(0)).heard.count(), 0);
    MadeSide low(30, 22050);
    low.add_noise(0, 30, -20, 1);
    EXPECT_EQ(wear_of(low).heard.count(), 0);
}

} // namespace
} // namespace spindle::grade
