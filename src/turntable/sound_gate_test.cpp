// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "testing/synthetic_music.h"
#include "turntable/sound_gate.h"

namespace spindle::turntable {
namespace {

struct Levels {
    double rest, groove, music;
};

class SoundGateTest : public ::testing::TestWithParam<Levels> {
protected:
    void noise(double seconds, double level) {
        hear(testing::white_noise(++seed_, seconds, level));
    }
    void music(double seconds) {
        auto sound = testing::synthetic_music(3, seconds);
        const auto hiss = testing::white_noise(++seed_, seconds, GetParam().groove);
        for (std::size_t i = 0; i < sound.size(); ++i) {
            sound[i] = static_cast<float>(GetParam().music) * sound[i] + hiss[i];
        }
        hear(sound);
    }
    void hear(std::span<const float> sound) {
        level_.feed(sound, [this](double level) { gate_.hear(level); });
    }
    FrameLevel level_;
    SoundGate gate_;
    std::uint32_t seed_ = 0;
};

TEST_P(SoundGateTest, TellsSilenceGrooveAndMusicApartOnThisEquipment) {
    noise(10, GetParam().rest);
    EXPECT_EQ(gate_.sound(), Sound::Silence);
    noise(5, GetParam().groove);
    EXPECT_EQ(gate_.sound(), Sound::Surface);
    EXPECT_NEAR(gate_.needle_down().count(), 10, 0.5);
    music(40);
    EXPECT_EQ(gate_.sound(), Sound::Music);
    EXPECT_NEAR(gate_.onset().count(), 15, 0.5);
    noise(4, GetParam().groove);
    EXPECT_EQ(gate_.sound(), Sound::Surface);
    EXPECT_NEAR(gate_.last_music().count(), 55, 1);
    music(30);
    EXPECT_EQ(gate_.sound(), Sound::Music);
    EXPECT_NEAR(gate_.onset().count(), 59, 0.5);
    noise(10, GetParam().groove);
    noise(10, GetParam().rest);
    EXPECT_EQ(gate_.sound(), Sound::Silence);
    EXPECT_FALSE(gate_.is_down());
    EXPECT_NEAR(gate_.needle_up().count(), 99, 2.5);
}

// A good record, a worn one at a low level, a loud one on a noisy amplifier, digital silence.
INSTANTIATE_TEST_SUITE_P(Equipment, SoundGateTest,
                         ::testing::Values(Levels{0.0002, 0.003, 0.4}, Levels{0.0003, 0.004, 0.08},
                                           Levels{0.001, 0.006, 0.9}, Levels{0, 0.002, 0.3}));

TEST(SoundGate, DoesNotTakeClicksForMusic) {
    auto sound = testing::white_noise(1, 20, 0.003);
    for (std::size_t at = 8000; at < sound.size(); at += 3571) {
        for (std::size_t i = at; i < std::min(at + 12, sound.size()); ++i) {
            sound[i] = i % 2 == 0 ? 0.7F : -0.7F;
        }
    }
    SoundGate gate;
    FrameLevel level;
    for (const auto& piece : {testing::white_noise(2, 5, 0.0002), sound}) {
        level.feed(piece, [&](double decibels) { gate.hear(decibels); });
    }
    EXPECT_EQ(gate.sound(), Sound::Surface);
    EXPECT_LT(gate.last_music().count(), 0);
}

} // namespace
} // namespace spindle::turntable
