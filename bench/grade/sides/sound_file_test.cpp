// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "grade/sides/sound_file.h"
#include "simulator/test_signals.h"

namespace spindle::damaged_sides {
namespace {

TEST(SoundFile, AtAnotherRateLastsAsLong) {
    simulator::StereoSound sound(0, SampleRate{44100});
    sound.left = simulator::testing::sine(440, sound.rate, 2);
    sound.right = simulator::testing::sine(880, sound.rate, 2);
    const auto low = *at_rate(sound, SampleRate{16000});
    EXPECT_NEAR(low.seconds(), 2, 1e-3);
    EXPECT_NEAR(simulator::testing::frequency_of(low.left, low.rate), 440, 0.1);
    EXPECT_NEAR(simulator::testing::frequency_of(low.right, low.rate), 880, 0.1);
    EXPECT_EQ(at_rate(sound, sound.rate)->left, sound.left);
}

TEST(SoundFile, NamesThePlaceItCannotWriteTo) {
    const auto done = write_sound("/no/such/folder/side.wav", {10, SampleRate{44100}});
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().message.find("/no/such/folder"), std::string::npos);
}

} // namespace
} // namespace spindle::damaged_sides
