// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "dsp/decimator.h"

namespace spindle::dsp {
namespace {

std::vector<float> sine(double cycles_per_sample, std::size_t count) {
    std::vector<float> out(count);
    for (std::size_t n = 0; n < count; ++n) {
        out[n] = static_cast<float>(
            std::sin(2 * std::numbers::pi * cycles_per_sample * static_cast<double>(n)));
    }
    return out;
}

std::vector<float> decimated(int factor, const std::vector<float>& in, std::size_t block) {
    Decimator decimator(factor);
    std::vector<float> out;
    for (std::size_t from = 0; from < in.size(); from += block) {
        decimator.feed(std::span(in).subspan(from, std::min(block, in.size() - from)), out);
    }
    decimator.finish(out);
    return out;
}

TEST(Decimator, KeepsWhatIsInThePassBandInItsPlace) {
    const auto in = sine(0.05, 5003);
    const auto out = decimated(5, in, in.size());
    ASSERT_EQ(out.size(), 1001U);
    for (std::size_t k = 30; k + 30 < out.size(); ++k) {
        ASSERT_NEAR(out[k], in[5 * k], 1e-3) << k;
    }
}

TEST(Decimator, LetsNothingFoldOver) {
    const auto out = decimated(5, sine(0.125, 5000), 5000);
    for (std::size_t k = 30; k + 30 < out.size(); ++k) { // the ends ring
        ASSERT_NEAR(out[k], 0, 3e-4);
    }
}

TEST(Decimator, DoesNotDependOnTheBlocks) {
    const auto in = sine(0.0371, 4001);
    EXPECT_EQ(decimated(6, in, 4001), decimated(6, in, 7));
    EXPECT_EQ(decimated(1, in, 100), in);
    EXPECT_TRUE(decimated(6, {}, 100).empty());
}

} // namespace
} // namespace spindle::dsp
