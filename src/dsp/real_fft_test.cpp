// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "dsp/real_fft.h"

namespace spindle::dsp {
namespace {

std::vector<float> noise(int size, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> uniform(-1.0F, 1.0F);
    std::vector<float> samples(static_cast<std::size_t>(size));
    for (float& sample : samples) {
        sample = uniform(random);
    }
    return samples;
}

/// The definition, in double precision with exact phase reduction: slow and beyond doubt.
std::complex<double> naive_bin(const std::vector<float>& samples, std::size_t bin) {
    std::complex<double> sum = 0;
    for (std::size_t n = 0; n < samples.size(); ++n) {
        const double turns =
            static_cast<double>(bin * n % samples.size()) / static_cast<double>(samples.size());
        sum += static_cast<double>(samples[n]) * std::polar(1.0, -2 * std::numbers::pi * turns);
    }
    return sum;
}

class RealFftOfSize : public ::testing::TestWithParam<int> {};

TEST_P(RealFftOfSize, AgreesWithTheDefinition) {
    const int size = GetParam();
    auto fft = RealFft::create(size);
    ASSERT_TRUE(fft) << fft.error().message;
    EXPECT_EQ(fft->bins(), size / 2 + 1);
    const std::vector<float> samples = noise(size, 7);
    std::vector<std::complex<float>> out(static_cast<std::size_t>(fft->bins()));
    fft->forward(samples, out);
    // Every bin of small sizes; of large ones the first, the last and a spread between.
    const std::size_t step = size <= 1024 ? 1 : 37;
    for (std::size_t bin = 0; bin < out.size(); bin += step) {
        const auto expected = naive_bin(samples, bin);
        EXPECT_NEAR(out[bin].real(), expected.real(), 2e-4 * std::sqrt(size)) << "bin " << bin;
        EXPECT_NEAR(out[bin].imag(), expected.imag(), 2e-4 * std::sqrt(size)) << "bin " << bin;
    }
    const auto last = naive_bin(samples, out.size() - 1);
    EXPECT_NEAR(out.back().real(), last.real(), 2e-4 * std::sqrt(size));
    EXPECT_NEAR(out.back().imag(), 0.0F, 2e-4 * std::sqrt(size));
}

INSTANTIATE_TEST_SUITE_P(Sizes, RealFftOfSize,
                         ::testing::Values(8, 12, 20, 60, 240, 256, 512, 1000, 1024, 2048, 4096,
                                           8192));

TEST(RealFft, KeepsItsInputAndGivesTheSameAnswerTwice) {
    auto fft = RealFft::create(512);
    ASSERT_TRUE(fft);
    const std::vector<float> samples = noise(512, 3);
    const std::vector<float> before = samples;
    std::vector<std::complex<float>> first(257);
    std::vector<std::complex<float>> second(257);
    fft->forward(samples, first);
    fft->forward(noise(512, 4), second);
    EXPECT_NE(first, second);
    fft->forward(samples, second);
    EXPECT_EQ(samples, before);
    EXPECT_EQ(first, second);
}

TEST(RealFft, GivesTheSameThroughItsOwnInput) {
    auto fft = RealFft::create(1024);
    ASSERT_TRUE(fft);
    const std::vector<float> samples = noise(1024, 5);
    std::vector<std::complex<float>> copied(513);
    fft->forward(samples, copied);
    std::ranges::copy(samples, fft->input().begin());
    const auto direct = fft->transform();
    EXPECT_TRUE(std::ranges::equal(copied, direct));
}

TEST(RealFft, AcceptsUnalignedMemory) {
    auto fft = RealFft::create(256);
    ASSERT_TRUE(fft);
    const std::vector<float> samples = noise(257, 6);
    std::vector<std::complex<float>> out(130);
    fft->forward(std::span(samples).subspan(1), std::span(out).subspan(1));
    const auto expected = naive_bin({samples.begin() + 1, samples.end()}, 17);
    EXPECT_NEAR(out[18].real(), expected.real(), 4e-3);
    EXPECT_NEAR(out[18].imag(), expected.imag(), 4e-3);
}

TEST(RealFft, RefusesSizesItCannotDo) {
    for (const int size : {-4, 0, 4, 6, 250, 1022, 4 * 11, 4 * 1009, 1 << 21}) {
        const auto fft = RealFft::create(size);
        ASSERT_FALSE(fft) << size;
        EXPECT_EQ(fft.error().code, Code::Unsupported);
    }
}

TEST(RealFft, CanBeMoved) {
    auto made = RealFft::create(64);
    ASSERT_TRUE(made);
    RealFft fft = std::move(*made);
    fft.input()[0] = 1.0F;
    for (const auto& bin : fft.transform()) {
        EXPECT_NEAR(std::abs(bin), 1.0F, 1e-5F); // an impulse holds every frequency alike
    }
}

} // namespace
} // namespace spindle::dsp
