// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "simulator/convolution.h"
#include "simulator/random.h"

namespace spindle::simulator {
namespace {

std::vector<float> noise(std::size_t count, std::uint64_t seed) {
    Random random(seed);
    std::vector<float> out(count);
    std::ranges::generate(out, [&] { return random.white(); });
    return out;
}

TEST(Convolution, IsTheSumOfProductsWhateverTheLengths) {
    for (const std::size_t length : {1U, 100U, 5000U, 20000U}) {
        for (const std::size_t taps : {1U, 7U, 1025U, 3000U}) {
            const auto signal = noise(length, 1);
            const auto kernel = noise(taps, 2);
            const std::size_t delay = taps / 2;
            const auto out = convolve(signal, kernel, delay);
            ASSERT_TRUE(out) << out.error().message;
            ASSERT_EQ(out->size(), length);
            for (std::size_t n = 0; n < length; n += std::max<std::size_t>(length / 20, 1)) {
                double sum = 0;
                for (std::size_t k = 0; k < taps; ++k) {
                    if (n + delay >= k && n + delay - k < length) {
                        sum += static_cast<double>(kernel[k]) *
                               static_cast<double>(signal[n + delay - k]);
                    }
                }
                EXPECT_NEAR((*out)[n], sum, 2e-4) << length << " by " << taps << " at " << n;
            }
        }
    }
}

TEST(Convolution, RefusesAnEmptyAndAnEndlessKernel) {
    EXPECT_FALSE(convolve(noise(10, 1), {}, 0));
    EXPECT_FALSE(convolve(noise(10, 1), noise(300000, 2), 0));
}

} // namespace
} // namespace spindle::simulator
