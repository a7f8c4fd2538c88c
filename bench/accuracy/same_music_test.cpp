// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "accuracy/same_music.h"
#include "testing/synthetic_music.h"

namespace spindle::accuracy {
namespace {

TEST(Similarity, FindsTheSameMusicQuieterAndShifted) {
    const auto music = testing::synthetic_music(1, 4);
    std::vector<float> later(music.begin() + 100, music.end());
    for (float& sample : later) {
        sample *= 0.2F;
    }
    EXPECT_GT(similarity(music, later, 400), 0.99);
    EXPECT_LT(similarity(music, later, 20), kSameMusic);
}

TEST(Similarity, TellsOtherMusicApart) {
    const auto one = testing::synthetic_music(1, 4);
    const auto other = testing::synthetic_music(2, 4);
    EXPECT_LT(similarity(one, other, 400), kSameMusic);
}

TEST(Similarity, OfSilenceOrNothingIsNone) {
    const auto music = testing::synthetic_music(1, 4);
    EXPECT_DOUBLE_EQ(similarity(music, std::vector<float>(music.size()), 400), 0);
    EXPECT_DOUBLE_EQ(similarity(music, {}, 400), 0);
}

} // namespace
} // namespace spindle::accuracy
