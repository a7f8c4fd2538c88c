// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "fingerprint/extractor.h"
#include "testing/synthetic_music.h"
#include "turntable/repetition.h"

namespace spindle::turntable {
namespace {

std::vector<fingerprint::Landmark> heard(const std::vector<float>& sound) {
    fingerprint::LandmarkExtractor extractor(fingerprint::Density::Query);
    extractor.feed(sound);
    extractor.finish();
    return extractor.take();
}

TEST(Repetition, IsNearlyAllInALockedGroove) {
    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
        const auto music = testing::synthetic_music(seed, 20);
        std::vector<float> groove(music.begin() + 50'000, music.begin() + 50'000 + 14'400);
        std::vector<float> sound;
        for (int turn = 0; turn < 6; ++turn) {
            sound.insert(sound.end(), groove.begin(), groove.end());
        }
        EXPECT_GT(repetition(heard(sound), Seconds{4}, Seconds{1.8}), 0.5) << seed;
        EXPECT_LT(repetition(heard(sound), Seconds{4}, Seconds{60.0 / 45}), 0.35) << seed;
    }
}

TEST(Repetition, IsLittleInMusicAndInNoise) {
    for (std::uint32_t seed = 1; seed <= 8; ++seed) {
        EXPECT_LT(repetition(heard(testing::synthetic_music(seed, 12)), Seconds{4}, Seconds{1.8}),
                  0.3)
            << seed;
    }
    EXPECT_LT(repetition(heard(testing::white_noise(1, 12, 0.3)), Seconds{4}, Seconds{1.8}), 0.15);
    EXPECT_EQ(repetition({}, Seconds{4}, Seconds{1.8}), 0);
}

} // namespace
} // namespace spindle::turntable
