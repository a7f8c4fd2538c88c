// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <span>

#include <gtest/gtest.h>

#include "simulator/level.h"
#include "simulator/room.h"
#include "simulator/test_signals.h"

namespace spindle::simulator {
namespace {

constexpr SampleRate kRate{44100};

TEST(Room, AnswersAtOnceThenDiesAwayBy60DecibelWithinASecond) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        Random random(seed);
        const auto response = make_room_response(kRate, random);
        EXPECT_EQ(peak(response), response[0]) << "the direct sound is the loudest";
        EXPECT_GE(response.size(), static_cast<std::size_t>(0.3 * kRate.hz));
        EXPECT_LE(response.size(), static_cast<std::size_t>(0.9 * kRate.hz) + 1);
        const std::size_t step = 441;
        const auto start = rms(std::span(response).subspan(441, step));
        const auto end = rms(std::span(response).last(step));
        EXPECT_LT(decibel_of(end / start), -40);
    }
}

TEST(Room, TheLoudspeakerLeavesOutTheBassAndTheTop) {
    const auto level = [](double hertz) {
        auto tone = testing::sine(hertz, kRate, 1);
        const double before = rms(tone);
        through_small_speaker(tone, kRate);
        return decibel_of(rms(tone) / before);
    };
    EXPECT_NEAR(level(1000), 0, 0.3);
    EXPECT_NEAR(level(150), -3, 0.3);
    EXPECT_NEAR(level(6000), -3, 0.6);
    EXPECT_LT(level(40), -20);
    EXPECT_LT(level(15000), -14);
}

TEST(Room, NoiseIs10DecibelBelowThePrograms) {
    const auto music = testing::melody(kRate, 4, 2);
    Random loud(1);
    Random quiet(1); // the same room, its noise out of hearing
    const auto noisy = play_in_room(music, kRate, 10, loud);
    const auto clean = play_in_room(music, kRate, 200, quiet);
    ASSERT_TRUE(noisy && clean);
    auto noise = *noisy;
    mix(noise, *clean, -1);
    EXPECT_NEAR(decibel_of(rms(*clean) / rms(noise)), 10, 0.1);
}

} // namespace
} // namespace spindle::simulator
