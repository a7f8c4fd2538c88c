// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "simulator/codec.h"
#include "simulator/level.h"
#include "simulator/test_signals.h"

namespace spindle::simulator {
namespace {

constexpr SampleRate kRate{44100};
constexpr int kBitRate = 96000;

class CodecRoundTrip : public ::testing::TestWithParam<Codec> {};

TEST_P(CodecRoundTrip, LeavesTheMusicWhereItWasWithinOneSample) {
    const auto clean = testing::melody(kRate, 4, 7);
    const auto heard = encode_and_decode(clean, 1, kRate, GetParam(), kBitRate);
    ASSERT_TRUE(heard) << heard.error().message;
    EXPECT_EQ(heard->size(), clean.size());
    EXPECT_LE(std::abs(testing::delay_of(*heard, clean, 2000)), 1);
}

TEST_P(CodecRoundTrip, KeepsBothChannelsApartAndTheLastSamplesToo) {
    const auto left = testing::melody(kRate, 2, 1);
    const auto right = testing::melody(kRate, 2, 2);
    std::vector<float> both;
    for (std::size_t n = 0; n < left.size(); ++n) {
        both.push_back(left[n]);
        both.push_back(right[n]);
    }
    const auto heard = encode_and_decode(both, 2, kRate, GetParam(), kBitRate);
    ASSERT_TRUE(heard) << heard.error().message;
    ASSERT_EQ(heard->size(), both.size());
    double error = 0;
    for (std::size_t n = both.size() - 20000; n < both.size(); ++n) {
        const double difference = static_cast<double>((*heard)[n] - both[n]);
        error += difference * difference;
    }
    EXPECT_LT(std::sqrt(error / 20000), 0.4 * rms(both));
}

TEST_P(CodecRoundTrip, LosesSomething) {
    const auto clean = testing::melody(kRate, 1, 3);
    const auto heard = encode_and_decode(clean, 1, kRate, GetParam(), kBitRate);
    ASSERT_TRUE(heard) << heard.error().message;
    EXPECT_NE(*heard, clean);
}

INSTANTIATE_TEST_SUITE_P(BothCodecs, CodecRoundTrip, ::testing::Values(Codec::Mp3, Codec::Aac),
                         [](const auto& tested) {
                             return tested.param == Codec::Mp3 ? "Mp3" : "Aac";
                         });

TEST(CodecRoundTripLimits, RefusesMoreThanTwoChannels) {
    const std::vector<float> samples(6000);
    EXPECT_FALSE(encode_and_decode(samples, 6, kRate, Codec::Aac, kBitRate));
}

} // namespace
} // namespace spindle::simulator
