// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <gtest/gtest.h>

#include "turntable/track_split.h"

namespace spindle::turntable {
namespace {

using At = std::optional<Seconds>;

/// The needle's drop, tracks from 2, 103 and 304 s, a pause within the second, the end at 400 s.
HeardSide side() {
    HeardSide heard;
    heard.length = Seconds{400};
    heard.groove_dbfs = -55;
    heard.levels.assign(4000, level_byte(-30));
    const auto pause = [&](std::ptrdiff_t from, std::ptrdiff_t to) {
        std::fill(heard.levels.begin() + from, heard.levels.begin() + to, level_byte(-54));
    };
    pause(5, 20);
    pause(1000, 1030);
    heard.levels[1010] = level_byte(-20); // a pop
    pause(2000, 2012);
    pause(3000, 3040);
    heard.landmarks = {{0, 1, 0}, {25'750, 2, 0}, {75'000, 3, 0}, {76'000, 4, 0}};
    return heard;
}

TEST(TrackSplit, EndsATrackAtEveryGapWhereNobodySaysMore) {
    const auto tracks = split_tracks(side(), {}).value();
    ASSERT_EQ(tracks.size(), 3U);
    EXPECT_NEAR(tracks[0].from.count(), 2, 1e-6); // not the needle's drop
    EXPECT_NEAR(tracks[0].to.count(), 100, 1e-6);
    EXPECT_NEAR(tracks[1].from.count(), 103, 1e-6);
    EXPECT_NEAR(tracks[1].to.count(), 300, 1e-6);
    EXPECT_NEAR(tracks[2].to.count(), 400, 1e-6);
}

TEST(TrackSplit, TakesTheLongestPausesForAsManyTracksAsThereAre) {
    const std::vector<At> two(2);
    EXPECT_NEAR(split_tracks(side(), two).value().at(1).from.count(), 304, 1e-6);
    const std::vector<At> four(4);
    EXPECT_NEAR(split_tracks(side(), four).value().at(2).from.count(), 201.2, 1e-6);
    EXPECT_EQ(split_tracks(side(), std::vector<At>(1)).value().size(), 1U);
    const auto five = split_tracks(side(), std::vector<At>(5));
    ASSERT_FALSE(five);
    EXPECT_NE(five.error().message.find("pauses only 3 times"), std::string::npos);
}

TEST(TrackSplit, TimesOfASleeveDecideAndANearPauseMakesThemExact) {
    // 3:17 of the music is near the short pause; 4:10 is near none: a segue.
    const std::vector<At> pinned{Seconds{0}, std::nullopt, Seconds{197}, Seconds{250}};
    const auto tracks = split_tracks(side(), pinned).value();
    ASSERT_EQ(tracks.size(), 4U);
    EXPECT_NEAR(tracks[1].from.count(), 103, 1e-6);
    EXPECT_NEAR(tracks[1].to.count(), 200, 1e-6);
    EXPECT_NEAR(tracks[2].from.count(), 201.2, 1e-6);
    EXPECT_NEAR(tracks[3].from.count(), 252, 1e-6);
    EXPECT_NEAR(tracks[2].to.count(), 252, 1e-6);
    const std::vector<At> backwards{Seconds{0}, Seconds{250}, Seconds{100}};
    EXPECT_FALSE(split_tracks(side(), backwards));
    const std::vector<At> beyond{Seconds{0}, Seconds{500}};
    EXPECT_FALSE(split_tracks(side(), beyond));
}

TEST(TrackSplit, GivesEachTrackItsLandmarksOnItsOwnTime) {
    const auto tracks = split_tracks(side(), {}).value();
    EXPECT_TRUE(landmarks_in(side(), tracks[0]).empty());
    const auto second = landmarks_in(side(), tracks[1]);
    ASSERT_EQ(second.size(), 1U); // the one at 300 s is in the pause after it
    EXPECT_EQ(second[0].tick, 0U);
    EXPECT_EQ(landmarks_in(side(), tracks[2]).size(), 1U);
}

TEST(HeardSide, ComesBackFromItsBytesAndDamagedOnesAreAnError) {
    const auto bytes = to_bytes(side());
    const auto back = heard_side_of_bytes(bytes).value();
    EXPECT_EQ(back.length, side().length);
    EXPECT_EQ(back.levels, side().levels);
    EXPECT_EQ(back.groove_dbfs, -55);
    EXPECT_EQ(back.landmarks.size(), side().landmarks.size());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto cut = heard_side_of_bytes(std::span(bytes).first(size)); // no crash
        EXPECT_TRUE(!cut || size >= 4016);
    }
    auto many = bytes;
    many[15] = 0xFF; // levels beyond the end
    EXPECT_FALSE(heard_side_of_bytes(many));
}

} // namespace
} // namespace spindle::turntable
