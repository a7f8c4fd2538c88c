// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "grade/surface/made_sides.h"
#include "grade/surface/surface_meter.h"

namespace spindle::grade {
namespace {

SurfaceFigures surface_of(const MadeSide& side, std::size_t block = 16384) {
    auto meter = SurfaceMeter::create({side.rate});
    EXPECT_TRUE(meter);
    for (std::size_t i = 0; i < side.left.size(); i += block) {
        meter->feed(side.sound().subspan(i, std::min(block, side.left.size() - i)));
    }
    return meter->finish();
}

std::vector<double> levels_of(const SurfaceFigures& figures) {
    std::vector<double> levels{figures.programme.loud_db,
                               figures.programme.peak,
                               figures.programme.clipped_share,
                               figures.rumble.mid_db,
                               figures.rumble.side_db,
                               figures.rumble.warp_db,
                               figures.hum.level_db,
                               figures.likeness.value,
                               figures.likeness.rumble_below_programme_db,
                               figures.wear.follows_square,
                               figures.wear.skewness};
    if (figures.noise.silent) {
        const SilentNoise& noise = *figures.noise.silent;
        levels.insert(levels.end(), {noise.a_db, noise.itu_db, noise.arm_db, noise.spread_db});
    }
    if (figures.noise.music) {
        levels.push_back(figures.noise.music->a_db);
    }
    for (const SideSpan& span : figures.map.spans) {
        levels.push_back(span.level_db);
    }
    return levels;
}

MadeSide record() {
    MadeSide side(40);
    side.add_noise(0, 40, -55, 1);
    side.add_tone(0, 40, 22, -50, true);
    side.add_music(4, 20, -14, 2);
    side.add_music(23, 36, -14, 3);
    return side;
}

TEST(SurfaceMeter, KnowsARecordFromAFile) {
    EXPECT_GT(surface_of(record()).likeness.value, 0.9);
    MadeSide cut(30); // to its music
    cut.add_noise(0, 30, -45, 1);
    cut.add_tone(0, 30, 22, -50, true);
    cut.add_music(0, 30, -14, 2);
    EXPECT_GT(surface_of(cut).likeness.value, 0.6);
    MadeSide file(40);
    file.add_music(0, 18, -14, 2);
    file.add_music(20, 40, -14, 3); // two seconds of digital silence
    const SurfaceFigures figures = surface_of(file);
    EXPECT_LT(figures.likeness.value, 0.1);
    EXPECT_NEAR(figures.likeness.digital_pauses.count(), 2, 0.5);
    EXPECT_FALSE(figures.noise.silent);
    MadeSide clean(40);
    clean.add_noise(0, 40, -95, 1); // dither
    clean.add_music(0, 40, -14, 2);
    EXPECT_LT(surface_of(clean).likeness.value, 0.3);
}

TEST(SurfaceMeter, GivesTheSameWhateverTheBlockSize) {
    MadeSide side(15, 16000);
    side.add_noise(0, 15, -50, 1);
    side.add_music(3, 12, -14, 2);
    const std::vector<double> whole = levels_of(surface_of(side, side.left.size()));
    EXPECT_EQ(levels_of(surface_of(side, 313)), whole);
    EXPECT_EQ(levels_of(surface_of(side, 4096)), whole);
}

TEST(SurfaceMeter, GivesNumbersForEverything) {
    std::vector<MadeSide> sides;
    for (const double seconds : {0.0, 0.001, 0.3, 8.0}) {
        sides.emplace_back(seconds); // silence
        sides.emplace_back(seconds);
        for (auto* channel : {&sides.back().left, &sides.back().right}) {
            std::ranges::fill(*channel, 1.0F); // DC
        }
        sides.emplace_back(seconds);
        for (std::size_t i = 0; i < sides.back().left.size(); ++i) {
            sides.back().left[i] = i / 50 % 2 == 0 ? 1.0F : -1.0F; // a square, in one channel
        }
        sides.emplace_back(seconds, 8000);
        sides.back().add_noise(0, seconds, 0, 1); // far over full scale
        sides.emplace_back(seconds);
        if (!sides.back().left.empty()) {
            sides.back().left.back() = 1e-30F;
        }
    }
    for (std::size_t i = 0; i < sides.size(); ++i) {
        for (const double level : levels_of(surface_of(sides[i]))) {
            EXPECT_TRUE(std::isfinite(level)) << i;
        }
    }
}

TEST(SurfaceMeter, RefusesRatesOutOfRange) {
    EXPECT_FALSE(SurfaceMeter::create({4000}));
    EXPECT_FALSE(SurfaceMeter::create({384000}));
}

} // namespace
} // namespace spindle::grade
