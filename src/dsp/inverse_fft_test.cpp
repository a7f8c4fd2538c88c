// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "dsp/inverse_fft.h"

namespace spindle::dsp {
namespace {

TEST(InverseFft, UndoesTheTransform) {
    for (const int size : {8, 60, 1024, 16384}) {
        auto fft = RealFft::create(size);
        ASSERT_TRUE(fft);
        std::vector<float> samples(static_cast<std::size_t>(size));
        for (std::size_t n = 0; n < samples.size(); ++n) {
            samples[n] = static_cast<float>(std::sin(0.7 * static_cast<double>(n * n % 1009)));
        }
        std::vector<std::complex<float>> spectrum(static_cast<std::size_t>(fft->bins()));
        fft->forward(samples, spectrum);
        std::vector<float> back(samples.size());
        inverse(*fft, spectrum, back);
        for (std::size_t n = 0; n < samples.size(); ++n) {
            ASSERT_NEAR(back[n], samples[n], 1e-5) << size << " at " << n;
        }
    }
}

} // namespace
} // namespace spindle::dsp
