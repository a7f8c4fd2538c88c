// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "image/rectify.h"
#include "shelf/strip_fusion.h"

namespace spindle::shelf {
namespace {

constexpr int kLength = 600;
constexpr int kThickness = 32;
constexpr int kFiner = 6; // the print is drawn so much finer than a sensor sees it

/// Upright strokes at random places, as print has them.
image::Picture print_of(unsigned seed) {
    image::Picture print{kLength * kFiner, kThickness * kFiner, image::Channels::Grey, {}};
    print.pixels.assign(print.stride() * static_cast<std::size_t>(print.height), 225);
    std::mt19937 random(seed);
    for (int x = 20 * kFiner; x < print.width - 20 * kFiner;
         x += 8 + static_cast<int>(random() % 30)) {
        const int top = kThickness * kFiner / 4 + static_cast<int>(random() % 40);
        const int bottom = kThickness * kFiner * 3 / 4 - static_cast<int>(random() % 40);
        for (int y = top; y < bottom; ++y) {
            for (int i = 0; i < 7; ++i) {
                print.pixels[static_cast<std::size_t>(y * print.width + x + i)] = 30;
            }
        }
    }
    return print;
}

/// What a sensor sees of it, enlarged twice again: moved by so many of its pixels, longer by so
/// much, with noise.
image::Picture seen(const image::Picture& print, double x, double y, double longer, double noise,
                    unsigned seed) {
    const double left = x * kFiner;
    const double top = y * kFiner;
    const double right = left + print.width * (1 + longer);
    const image::Quad quad{
        {{{left, top}, {right, top}, {right, top + print.height}, {left, top + print.height}}}};
    image::Picture small = image::rectify(print, quad, kLength, kThickness);
    std::mt19937 random(seed);
    std::normal_distribution<double> error(0, std::max(noise, 1e-6));
    for (std::uint8_t& pixel : small.pixels) {
        pixel = static_cast<std::uint8_t>(std::clamp(pixel + error(random), 0.0, 255.0));
    }
    return image::scaled(small, 2 * kLength, 2 * kThickness);
}

double difference(const image::Picture& a, const image::Picture& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        const double off = static_cast<double>(a.pixels[i]) - static_cast<double>(b.pixels[i]);
        sum += off * off;
    }
    return std::sqrt(sum / static_cast<double>(a.pixels.size()));
}

constexpr double kNoise = 18;

TEST(StripFusion, LaysPhotosOfAStripOnTheFirstAndHasLessNoise) {
    const auto print = print_of(1);
    const auto clean = seen(print, 0, 0, 0, 0, 1);
    const std::vector<image::Picture> strips{seen(print, 0, 0, 0, kNoise, 2),
                                             seen(print, 2.3, -0.6, 0.004, kNoise, 3),
                                             seen(print, -1.4, 0.7, -0.003, kNoise, 4)};
    FusionOptions plain;
    plain.sharpening = 0;
    const auto together = fused(strips, plain);
    ASSERT_TRUE(together);
    EXPECT_EQ(together->width, strips[0].width);
    EXPECT_LT(difference(*together, clean), 0.85 * difference(strips[0], clean));
    // of the same strips as they lie, a mean would be worse than the first alone
    EXPECT_GT(difference(strips[1], clean), 2 * difference(strips[0], clean));
}

TEST(StripFusion, TakesNothingFromAnotherSpine) {
    const auto print = print_of(1);
    const std::vector<image::Picture> strips{seen(print, 0, 0, 0, kNoise, 2),
                                             seen(print_of(5), 0, 0, 0, kNoise, 3)};
    FusionOptions plain;
    plain.sharpening = 0;
    const auto together = fused(strips, plain);
    if (together) {
        EXPECT_LT(difference(*together, strips[0]), 6);
    }
}

TEST(StripFusion, HasNothingToSayOfOneStripOrOfOtherSizes) {
    const auto strip = seen(print_of(1), 0, 0, 0, kNoise, 2);
    EXPECT_FALSE(fused(std::vector{strip}));
    EXPECT_FALSE(fused({}));
    EXPECT_FALSE(fused(std::vector{strip, image::scaled(strip, 500, 64)}));
    EXPECT_FALSE(fused(std::vector<image::Picture>(2)));
    const image::Picture flat{1200, 64, image::Channels::Rgb,
                              std::vector<std::uint8_t>(1200 * 64 * 3, 128)};
    EXPECT_FALSE(fused(std::vector{flat, flat}));
}

} // namespace
} // namespace spindle::shelf
