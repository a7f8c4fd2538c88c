// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "grade/motion/motion_meter.h"
#include "grade/surface/made_sides.h"

namespace spindle::grade {
namespace {

struct Measured {
    SurfaceFigures surface;
    MotionFigures motion;
};

Measured measured(const MadeSide& side, std::size_t block = 16384) {
    auto surface = SurfaceMeter::create({side.rate});
    EXPECT_TRUE(surface);
    auto motion = MotionMeter::create({side.rate}, *surface);
    EXPECT_TRUE(motion);
    for (std::size_t i = 0; i < side.left.size(); i += block) {
        const StereoSpan part = side.sound().subspan(i, std::min(block, side.left.size() - i));
        surface->feed(part, [&](const LowBlock& low) { motion->feed(low); });
        motion->feed(part);
    }
    Measured both;
    both.surface = surface->finish();
    both.motion = motion->finish(both.surface, {});
    return both;
}

/// From `at` on, what was before is heard again and again, with a turn that flutters by 0.01 %.
void lock(MadeSide& side, double at, int times, double turn, double own_noise_db) {
    const std::size_t first = side.at(at);
    for (auto* channel : {&side.left, &side.right}) {
        const std::vector<float> before = *channel;
        for (std::size_t i = first; i < side.at(at + times * turn); ++i) {
            const double into = static_cast<double>(i - first) / side.rate;
            const double flutter = 0.0001 * 0.3 * std::sin(2 * std::numbers::pi * 0.7 * into);
            const double from = (at - turn + std::fmod(into, turn) + flutter) * side.rate;
            const auto whole = static_cast<std::size_t>(from);
            const auto part = static_cast<float>(from - std::floor(from));
            (*channel)[i] = before[whole] * (1 - part) + before[whole + 1] * part;
        }
    }
    side.add_noise(0, side.seconds(), own_noise_db, 77);
}

std::size_t believed(const Measured& both) {
    return both.motion.repeats().size();
}

TEST(RepeatFinder, FindsALockedGroove) {
    for (const double rpm : kRecordSpeeds) {
        MadeSide side(40);
        side.add_noise(0, 40, -52, 1);
        side.add_music(4, 38, -14, 3);
        lock(side, 20, 6, turn_of(rpm).count() * 1.002, -80);
        const Measured both = measured(side);
        const auto repeats = both.motion.repeats();
        ASSERT_EQ(repeats.size(), 1U) << rpm;
        EXPECT_EQ(repeats[0].kind, DefectKind::Repeat);
        EXPECT_NEAR(repeats[0].at.count(), 20, 1.5);
        EXPECT_NEAR(repeats[0].length.count(), 6 * turn_of(rpm).count(), 2);
    }
}

TEST(RepeatFinder, IsNotDeceivedByALoopOnARecord) {
    // The music repeats to the sample, 1.8 s apart; the record's noise does not.
    MadeSide side(40);
    side.add_music(4, 38, -14, 3);
    lock(side, 20, 6, 1.8, -110);
    side.add_noise(0, 40, -52, 1);
    const Measured both = measured(side);
    EXPECT_EQ(believed(both), 0U);
}

TEST(RepeatFinder, IsNotDeceivedByALoopInAFile) {
    MadeSide side(40);
    side.add_music(0, 40, -14, 3);
    for (auto* channel : {&side.left, &side.right}) {
        const auto turn = static_cast<std::size_t>(1.8 * side.rate);
        for (std::size_t i = turn; i < channel->size(); ++i) {
            (*channel)[i] = (*channel)[i - turn];
        }
    }
    EXPECT_EQ(believed(measured(side)), 0U);
}

TEST(RepeatFinder, DoesNotCountTheRunOutNorTonesNorSilence) {
    MadeSide side(50);
    side.add_noise(0, 50, -52, 1);
    side.add_music(4, 30, -14, 3);
    lock(side, 34, 8, 1.8, -80); // the last groove
    EXPECT_EQ(believed(measured(side)), 0U);
    MadeSide tone(20);
    tone.add_tone(0, 20, 200, -20);
    tone.add_tone(0, 20, 305, -20);
    EXPECT_EQ(believed(measured(tone)), 0U);
    EXPECT_EQ(believed(measured(MadeSide(10))), 0U);
}

TEST(DropoutFinder, FindsWhatOneChannelLoses) {
    MadeSide side(20);
    side.add_noise(0, 20, -40, 1);
    side.right = side.left; // alike, as what is in the middle
    side.add_noise(0, 20, -60, 2);
    std::fill(side.left.begin() + static_cast<std::ptrdiff_t>(side.at(5)),
              side.left.begin() + static_cast<std::ptrdiff_t>(side.at(5.06)), 0.0F);
    std::fill(side.right.begin() + static_cast<std::ptrdiff_t>(side.at(11)),
              side.right.begin() + static_cast<std::ptrdiff_t>(side.at(11.3)), 0.0F);
    const auto dropouts = measured(side).motion.dropouts;
    ASSERT_EQ(dropouts.size(), 2U);
    EXPECT_EQ(dropouts[0].kind, DefectKind::Dropout);
    EXPECT_NEAR(dropouts[0].at.count(), 5, 0.004);
    EXPECT_NEAR(dropouts[0].length.count(), 0.06, 0.006);
    EXPECT_EQ(dropouts[0].wall, Wall::Left);
    EXPECT_NEAR(dropouts[1].length.count(), 0.3, 0.006);
    EXPECT_EQ(dropouts[1].wall, Wall::Right);
}

TEST(DropoutFinder, FindsNoneWhereTheMusicPauses) {
    MadeSide side(20);
    side.add_noise(0, 20, -60, 1);
    side.add_music(0, 20, -12, 2);
    for (std::size_t i = side.at(5); i < side.at(5.1); ++i) {
        side.left[i] = side.right[i] = 0; // both
    }
    EXPECT_TRUE(measured(side).motion.dropouts.empty());
}

TEST(ChannelMeter, TellsBalanceMonoAndADeadChannel) {
    MadeSide side(10);
    side.add_noise(0, 10, -20, 1);
    side.right = side.left;
    ChannelFigures figures = measured(side).motion.channels;
    EXPECT_EQ(figures.correlation, 1);
    EXPECT_EQ(figures.side_below_mid_db, -200);
    ASSERT_TRUE(figures.balance_db);
    EXPECT_NEAR(*figures.balance_db, 0, 0.05);

    for (float& sample : side.right) {
        sample *= 0.8F;
    }
    side.add_noise(0, 10, -45, 2);
    figures = measured(side).motion.channels;
    ASSERT_TRUE(figures.balance_db);
    EXPECT_NEAR(*figures.balance_db, 1.94, 0.1);
    EXPECT_LT(figures.side_below_mid_db, -15);

    std::ranges::fill(side.right, 0.0F);
    figures = measured(side).motion.channels;
    EXPECT_TRUE(figures.one_channel_dead);
    EXPECT_FALSE(figures.balance_db);
    EXPECT_EQ(measured(MadeSide(2)).motion.channels.correlation, 0);
}

/// `side` as it sounds with a hole off centre: read at a place that swings once per turn.
void turn_off_centre(MadeSide& side, double peak, double turn) {
    const double swing = peak * turn / (2 * std::numbers::pi) * side.rate;
    for (auto* channel : {&side.left, &side.right}) {
        const std::vector<float> before = *channel;
        for (std::size_t i = 0; i < before.size(); ++i) {
            const double phase = 2 * std::numbers::pi * static_cast<double>(i) / side.rate / turn;
            const double from = static_cast<double>(i) + swing * (std::sin(phase) + 1);
            const auto whole = static_cast<std::size_t>(from);
            if (whole + 1 >= before.size()) {
                break;
            }
            const auto part = static_cast<float>(from - std::floor(from));
            (*channel)[i] = before[whole] * (1 - part) + before[whole + 1] * part;
        }
    }
}

TEST(OffCentreMeter, MeasuresWowOncePerTurn) {
    for (const double wow : {0.001, 0.003}) {
        MadeSide side(90, 22050);
        side.add_noise(0, 90, -55, 1);
        side.add_music(0, 90, -14, 3);
        turn_off_centre(side, wow, 1.8 * 1.002);
        const OffCentreFigures figures = measured(side).motion.off_centre;
        ASSERT_TRUE(figures.wow) << wow;
        EXPECT_NEAR(*figures.wow, wow, std::max(0.15 * wow, 4 * figures.uncertainty));
        EXPECT_NEAR(figures.rpm, 100.0 / 3, 0.01);
        EXPECT_NEAR(figures.turn.count(), 1.8036, 0.006);
        EXPECT_LT(figures.uncertainty, 0.0003);
    }
}

TEST(OffCentreMeter, FindsNoneWhereThereIsNone) {
    MadeSide side(90, 22050);
    side.add_noise(0, 90, -55, 1);
    side.add_music(0, 90, -14, 5);
    EXPECT_FALSE(measured(side).motion.off_centre.wow);
    EXPECT_FALSE(measured(MadeSide(5)).motion.off_centre.wow);
}

TEST(MotionMeter, GivesTheSameWhateverTheBlockSize) {
    MadeSide side(20, 16000);
    side.add_noise(0, 20, -52, 1);
    side.add_music(2, 20, -14, 3);
    lock(side, 10, 3, 1.8, -80);
    const MotionFigures whole = measured(side, side.left.size()).motion;
    const MotionFigures pieces = measured(side, 997).motion;
    ASSERT_EQ(whole.repetitions.size(), pieces.repetitions.size());
    for (std::size_t i = 0; i < whole.repetitions.size(); ++i) {
        EXPECT_EQ(whole.repetitions[i].turn, pieces.repetitions[i].turn);
        EXPECT_EQ(whole.repetitions[i].probability, pieces.repetitions[i].probability);
    }
    EXPECT_EQ(whole.off_centre.chi_squared, pieces.off_centre.chi_squared);
    EXPECT_EQ(whole.channels.correlation, pieces.channels.correlation);
    EXPECT_EQ(whole.dropouts, pieces.dropouts);
}

} // namespace
} // namespace spindle::grade
