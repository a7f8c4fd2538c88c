// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "testing/synthetic_music.h"
#include "turntable/ear.h"

namespace spindle::turntable {
namespace {

std::vector<Heard> heard_in_blocks_of(std::size_t block, std::span<const float> sound) {
    std::vector<Heard> pieces;
    const auto keep = [&](const Heard& heard) { pieces.push_back(heard); };
    Ear ear;
    for (std::size_t at = 0; at < sound.size(); at += block) {
        ear.feed(sound.subspan(at, std::min(block, sound.size() - at)), keep);
    }
    ear.finish(keep);
    return pieces;
}

TEST(Ear, HearsTheSameWhateverTheBlockSize) {
    const auto sound = testing::synthetic_music(4, 7.3);
    const auto whole = heard_in_blocks_of(sound.size(), sound);
    ASSERT_EQ(whole.size(), 8U);
    EXPECT_EQ(whole.back().samples, sound.size() - 7 * Ear::kPieceSamples);
    EXPECT_EQ(heard_in_blocks_of(1, sound), whole);
    EXPECT_EQ(heard_in_blocks_of(1333, sound), whole);
}

TEST(Ear, TellsALevelEachTenthOfASecond) {
    const auto pieces = heard_in_blocks_of(999, testing::white_noise(1, 3, 0.1));
    for (std::size_t i = 0; i < 3; ++i) {
        ASSERT_EQ(pieces[i].levels.size(), 10U);
        for (const auto level : pieces[i].levels) {
            EXPECT_NEAR(decibels_of(level), -24.8, 2); // uniform
        }
    }
}

TEST(Ear, BeginsAnewAfterALossAndSaysHowMuchItWas) {
    const auto music = testing::synthetic_music(5, 20);
    std::vector<Heard> pieces;
    const auto keep = [&](const Heard& heard) { pieces.push_back(heard); };
    Ear ear;
    ear.feed(std::span(music).first(4 * 8000 + 100), keep);
    ear.lost(Seconds{2}, keep);
    ear.feed(std::span(music).subspan(6 * 8000), keep);
    ear.finish(keep);
    ASSERT_EQ(pieces.size(), 20U); // 4, 1 of 100 samples, 14 and the end
    EXPECT_EQ(pieces[4].samples, 100U);
    EXPECT_EQ(pieces[4].before, 4U * 8000);
    EXPECT_EQ(pieces[5].lost_before, Seconds{2});
    EXPECT_EQ(pieces[5].before, 0U);
    EXPECT_EQ(pieces[7].before, 2U * 8000);
    EXPECT_TRUE(std::all_of(pieces.begin() + 6, pieces.end(),
                            [](const Heard& one) { return one.lost_before == Seconds{0}; }));
    // Ticks count from the loss on, and are in order.
    std::uint32_t last = 0;
    std::size_t count = 0;
    for (auto piece = pieces.begin() + 5; piece != pieces.end(); ++piece) {
        for (const auto& landmark : piece->query) {
            EXPECT_GE(landmark.tick, last);
            last = landmark.tick;
            ++count;
        }
    }
    EXPECT_GT(count, 100U);
    EXPECT_LE(last * fingerprint::kTick, Seconds{14});
}

} // namespace
} // namespace spindle::turntable
