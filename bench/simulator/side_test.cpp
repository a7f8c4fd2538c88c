// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include <gtest/gtest.h>

#include "simulator/needle.h"
#include "simulator/side.h"
#include "simulator/side_truth.h"

namespace spindle::simulator {
namespace {

Following track(std::size_t name, double length, double gap) {
    return {{name, Seconds(length), Seconds(0), Seconds(length)}, Seconds(gap)};
}

/// 5 s of lead-in, 60 s, 3 s, 40 s that go over into 50 s.
Side three_tracks() {
    return make_side(std::vector{track(7, 60, 5), track(8, 40, 3), track(9, 50, -0.25)});
}

TEST(Side, LaysTracksOneBehindTheOther) {
    const Side side = three_tracks();
    ASSERT_EQ(side.cuts.size(), 3U);
    EXPECT_DOUBLE_EQ(side.cuts[0].start.count(), 5);
    EXPECT_DOUBLE_EQ(side.cuts[1].start.count(), 68);
    EXPECT_DOUBLE_EQ(side.cuts[2].start.count(), 107.75);
    EXPECT_NEAR(side.cuts[1].fade_out.count(), 0.25, 1e-9);
    EXPECT_NEAR(side.cuts[2].fade_in.count(), 0.25, 1e-9);
    EXPECT_DOUBLE_EQ(side.music_end().count(), 157.75);
}

TEST(Truth, OfAWholeSideIsWhereItsTracksLieDividedBySpeed) {
    const std::vector sides{three_tracks()};
    const Transport transport{.speed = 1.03};
    Arm arm(transport);
    arm.rest(Seconds(10));
    arm.drop(0, Seconds(0));
    arm.play_to(Seconds(170));
    arm.rest(Seconds(20));
    const SideTruth truth = truth_of(arm.path(), sides, transport);
    ASSERT_EQ(truth.plays.size(), 3U);
    for (const TruePlay& play : truth.plays) {
        const Cut& cut = sides[0].cuts[play.index];
        EXPECT_NEAR(play.start.count(), 10 + cut.start.count() / 1.03, 1e-6);
        EXPECT_NEAR(play.end.count(), 10 + cut.end().count() / 1.03, 1e-6);
        EXPECT_NEAR(play.played.count(), cut.info.length.count() / 1.03, 1e-6);
        EXPECT_EQ(play.track, cut.info.track);
        EXPECT_EQ(play.skips, 0);
    }
    ASSERT_EQ(truth.hearings.size(), 1U);
    EXPECT_NEAR(truth.hearings[0].down.count(), 10, 1e-9);
    EXPECT_NEAR(truth.hearings[0].music_start.count(), truth.plays[0].start.count(), 1e-9);
    EXPECT_NEAR(truth.hearings[0].music_end.count(), truth.plays[2].end.count(), 1e-9);
    EXPECT_NEAR(truth.hearings[0].up.count(), 10 + 170 / 1.03, 0.006);
    EXPECT_NEAR(truth.length.count(), truth.hearings[0].up.count() + 20, 1e-9);
}

TEST(Truth, OfASkipHasTwoPiecesAndLosesWhatWasSkipped) {
    const std::vector sides{three_tracks()};
    const Transport transport;
    Arm arm(transport);
    arm.drop(0, Seconds(0));
    arm.play_to(Seconds(25));
    arm.jump(5);
    arm.play_to(Seconds(66));
    const SideTruth truth = truth_of(arm.path(), sides, transport);
    ASSERT_EQ(truth.plays.size(), 1U);
    const TruePlay& play = truth.plays[0];
    ASSERT_EQ(play.pieces.size(), 2U);
    EXPECT_EQ(play.skips, 1);
    EXPECT_NEAR(play.pieces[0].to.count(), 20, 1e-6);
    EXPECT_NEAR(play.pieces[1].from.count(), 29, 1e-6);
    EXPECT_NEAR(play.played.count(), 51, 1e-6);
    EXPECT_NEAR(play.end.count(), 56, 1e-6);
}

TEST(Truth, OfALockedGrooveDoesNotCountTheTurnsRepeated) {
    const std::vector sides{three_tracks()};
    const Transport transport;
    Arm arm(transport);
    arm.drop(0, Seconds(0));
    arm.play_to(Seconds(25));
    arm.lock(Seconds(18));
    arm.play_to(Seconds(66));
    const SideTruth truth = truth_of(arm.path(), sides, transport);
    ASSERT_EQ(truth.plays.size(), 1U);
    EXPECT_NEAR(truth.plays[0].played.count(), 60, 0.01);
    EXPECT_NEAR((truth.plays[0].end - truth.plays[0].start).count(), 78, 0.03);
    EXPECT_EQ(truth.plays[0].skips, 0);
    EXPECT_EQ(truth.plays[0].pieces.size(), 12U);
}

TEST(Truth, OfAPauseIsOnePlayAndOfANewDropTwo) {
    const std::vector sides{three_tracks()};
    const Transport transport;
    for (const Arrival arrival : {Arrival::Resumed, Arrival::Anew}) {
        Arm arm(transport);
        arm.drop(0, Seconds(0));
        arm.play_to(Seconds(35));
        arm.rest(Seconds(4));
        arm.drop(0, Seconds(34), arrival);
        arm.play_to(Seconds(66));
        const SideTruth truth = truth_of(arm.path(), sides, transport);
        const bool resumed = arrival == Arrival::Resumed;
        ASSERT_EQ(truth.plays.size(), resumed ? 1U : 2U);
        ASSERT_EQ(truth.hearings.size(), resumed ? 1U : 2U);
        EXPECT_NEAR(truth.plays.back().end.count(), 70, 1e-6);
        EXPECT_NEAR(truth.plays.front().played.count(), resumed ? 61 : 30, 1e-6);
    }
}

TEST(Truth, SaysWhenATrackThatBeginsWithSilenceIsHeard) {
    Side side = three_tracks();
    side.cuts[0].info.sounds_from = Seconds(2);
    side.cuts[0].info.sounds_to = Seconds(55);
    const std::vector sides{side};
    const Transport transport{.speed = 0.98};
    Arm arm(transport);
    arm.drop(0, Seconds(0));
    arm.play_to(Seconds(66));
    const SideTruth truth = truth_of(arm.path(), sides, transport);
    ASSERT_EQ(truth.plays.size(), 1U);
    EXPECT_NEAR(truth.plays[0].audible_start.count(), 7 / 0.98, 1e-6);
    EXPECT_NEAR(truth.plays[0].audible_end.count(), 60 / 0.98, 1e-6);
}

} // namespace
} // namespace spindle::simulator
