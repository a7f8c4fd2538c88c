// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "audio/mono_stream.h"

namespace spindle::audio {
namespace {

std::vector<float> sine(int rate, double seconds, double left, double right) {
    std::vector<float> samples;
    for (int i = 0; i < static_cast<int>(rate * seconds); ++i) {
        const double value = std::sin(2 * std::numbers::pi * 500 * i / rate);
        samples.push_back(static_cast<float>(left * value));
        samples.push_back(static_cast<float>(right * value));
    }
    return samples;
}

std::vector<float> brought(std::span<const float> samples, int rate, std::size_t block) {
    auto stream = MonoStream::create({rate}, 2, {8000}).value();
    std::vector<float> out;
    const auto add = [&](std::span<const float> some) {
        out.insert(out.end(), some.begin(), some.end());
    };
    for (std::size_t at = 0; at < samples.size(); at += block) {
        add(stream.feed(samples.subspan(at, std::min(block, samples.size() - at))));
    }
    add(stream.finish());
    return out;
}

TEST(MonoStream, IsTheMeanOfBothChannelsAtTheSameTimes) {
    for (const int rate : {44'100, 48'000, 96'000, 8'000}) {
        const auto out = brought(sine(rate, 1, 0.8, 0.4), rate, 882);
        ASSERT_NEAR(static_cast<double>(out.size()), 8000, 2) << rate;
        for (std::size_t i = 500; i < 7500; ++i) {
            const double expected =
                0.6 * std::sin(2 * std::numbers::pi * 500 * static_cast<double>(i) / 8000);
            ASSERT_NEAR(out[i], expected, 0.02) << rate << " " << i;
        }
    }
}

TEST(MonoStream, GivesTheSameWhateverTheBlockSize) {
    const auto samples = sine(44'100, 1, 0.5, -0.1);
    EXPECT_EQ(brought(samples, 44'100, 2), brought(samples, 44'100, 20'000));
}

TEST(MonoStream, RefusesWhatCannotBe) {
    EXPECT_EQ(MonoStream::create({0}, 2, {8000}).error().code, Code::BadInput);
    EXPECT_EQ(MonoStream::create({44'100}, 3, {8000}).error().code, Code::BadInput);
}

} // namespace
} // namespace spindle::audio
