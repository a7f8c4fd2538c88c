// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

#include "image/decode.h"
#include "image/detail/mat.h"
#include "image/encode.h"
#include "image/sharpness.h"

namespace spindle::image {
namespace {

/// Boxes and strokes of all greys: something like a shelf.
Picture shelf(int width = 640, int height = 480, unsigned seed = 1) {
    std::mt19937 random(seed);
    Picture picture = detail::blank(width, height, Channels::Grey);
    cv::Mat canvas = detail::writable(picture);
    canvas.setTo(90);
    const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    for (int i = 0; i < width * height / 1500; ++i) {
        const cv::Point corner(below(width), below(height));
        const cv::Point size(i % 2 == 0 ? 40 + below(60) : 4 + below(4), 5 + below(40));
        cv::rectangle(canvas, corner, corner + size, 20 + below(210), cv::FILLED);
    }
    return picture;
}

Picture blurred(const Picture& picture, double sigma) {
    Picture result = picture;
    cv::Mat pixels = detail::writable(result);
    cv::GaussianBlur(detail::view(picture), pixels, {}, sigma);
    return result;
}

Picture noisy(Picture picture, double sigma) {
    std::mt19937 random(3);
    std::normal_distribution<double> noise(0, sigma);
    for (std::uint8_t& value : picture.pixels) {
        value = static_cast<std::uint8_t>(std::clamp(value + noise(random), 0.0, 255.0));
    }
    return picture;
}

double blur_of(const Picture& picture) {
    const auto quality = measure_quality(picture);
    EXPECT_TRUE(quality);
    return quality ? quality->blur : 0;
}

TEST(PhotoQuality, BlurGrowsWithEachBlurring) {
    for (const unsigned seed : {1U, 2U, 3U}) {
        const Picture sharp = shelf(640, 480, seed);
        double last = blur_of(sharp);
        EXPECT_LT(last, 0.8);
        for (const double sigma : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0}) {
            const double blur = blur_of(blurred(sharp, sigma));
            EXPECT_GT(blur, last) << sigma;
            EXPECT_NEAR(blur, sigma, 0.15 + 0.25 * sigma);
            last = blur;
        }
    }
}

TEST(PhotoQuality, BlurIsTheSameInNoiseAndAfterJpeg) {
    for (const double sigma : {0.8, 1.5, 3.0}) {
        const Picture soft = blurred(shelf(), sigma);
        const double clean = blur_of(soft);
        EXPECT_NEAR(blur_of(noisy(soft, 6)), clean, 0.2 * clean);
        const auto jpeg = to_jpeg(soft, {.quality = 80});
        const auto again = decode(std::as_bytes(std::span(*jpeg)), "photo");
        EXPECT_NEAR(blur_of(*again), clean, 0.2 * clean);
    }
}

TEST(PhotoQuality, BlurDoesNotDependOnContrastOrDirection) {
    const Picture soft = blurred(shelf(), 1.5);
    Picture pale = soft;
    for (std::uint8_t& value : pale.pixels) {
        value = static_cast<std::uint8_t>(150 + value / 3);
    }
    EXPECT_NEAR(blur_of(pale), blur_of(soft), 0.2);
    Picture turned = detail::blank(soft.height, soft.width, Channels::Grey);
    cv::Mat pixels = detail::writable(turned);
    cv::transpose(detail::view(soft), pixels);
    EXPECT_NEAR(blur_of(turned), blur_of(soft), 0.1);
}

TEST(PhotoQuality, HasNoBlurWithoutEdges) {
    const Picture wall{200, 200, Channels::Grey, std::vector<std::uint8_t>(40'000, 128)};
    EXPECT_TRUE(std::isnan(blur_of(wall)));
    EXPECT_TRUE(std::isnan(blur_of(noisy(wall, 4))));
}

TEST(PhotoQuality, TellsDarkFromBright) {
    Picture picture{100, 100, Channels::Grey, std::vector<std::uint8_t>(10'000, 51)};
    std::fill_n(picture.pixels.begin(), 1000, std::uint8_t{255});
    const auto quality = measure_quality(picture);
    ASSERT_TRUE(quality);
    EXPECT_DOUBLE_EQ(quality->dark, 0.2);
    EXPECT_DOUBLE_EQ(quality->middle, 0.2);
    EXPECT_DOUBLE_EQ(quality->bright, 1);
    EXPECT_DOUBLE_EQ(quality->burnt, 0.1);
}

TEST(PhotoQuality, IsNotMeasuredOnAStamp) {
    EXPECT_EQ(measure_quality(shelf(15, 400)).error().code, Code::BadInput);
    EXPECT_FALSE(measure_quality(Picture{}));
}

} // namespace
} // namespace spindle::image
