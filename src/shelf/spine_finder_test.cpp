// SPDX-License-Identifier: Apache-2.0
#include <random>
#include <stop_token>

#include <gtest/gtest.h>

#include "inference/places.h"
#include "shelf/spine_finder.h"
#include "testing/temp_folder.h"

namespace spindle::shelf {
namespace {

image::Picture plain(int width, int height, std::uint8_t value) {
    image::Picture picture;
    picture.width = width;
    picture.height = height;
    picture.pixels.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3,
                          value);
    return picture;
}

class SpineFinderTest : public ::testing::Test {
protected:
    void SetUp() override {
        const auto model = inference::model_file("spine_detector.onnx");
        ASSERT_TRUE(model) << model.error().message;
        auto opened = SpineFinder::open(*model);
        ASSERT_TRUE(opened) << opened.error().message;
        finder_.emplace(std::move(*opened));
    }
    std::optional<SpineFinder> finder_;
};

TEST_F(SpineFinderTest, FindsNothingInBlackAndWhite) {
    for (const image::Picture& picture : {plain(640, 480, 0), plain(480, 640, 255)}) {
        const auto found = finder_->find(picture);
        ASSERT_TRUE(found) << found.error().message;
        EXPECT_TRUE(found->empty());
    }
}

TEST_F(SpineFinderTest, KeepsWithinAPictureOfNoise) {
    std::mt19937 random(4);
    image::Picture noise = plain(640, 480, 0);
    for (std::uint8_t& value : noise.pixels) {
        value = static_cast<std::uint8_t>(random());
    }
    const auto found = finder_->find(noise);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_LE(found->size(), 3U); // it has seen no noise without a shelf behind it
    for (const Spine& spine : *found) {
        for (const image::Point& corner : spine.quad.corners) {
            EXPECT_TRUE(corner.x >= 0 && corner.x <= 640 && corner.y >= 0 && corner.y <= 480);
        }
    }
}

TEST_F(SpineFinderTest, TakesAPictureOfOnePixelAndAGreyOne) {
    EXPECT_TRUE(finder_->find(plain(1, 1, 90)));
    image::Picture grey = plain(300, 200, 128);
    grey.channels = image::Channels::Grey;
    grey.pixels.resize(300 * 200);
    EXPECT_TRUE(finder_->find(grey));
}

TEST_F(SpineFinderTest, RefusesNoPictureAndStopsWhenAsked) {
    EXPECT_EQ(finder_->find(image::Picture{}).error().code, Code::BadInput);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(finder_->find(plain(640, 480, 30), stop.get_token()).error().code, Code::Cancelled);
}

TEST(SpineFinder, SaysWhichModelIsMissing) {
    const testing::TempFolder folder;
    const auto opened = SpineFinder::open(folder.path() / "spine_detector.onnx");
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Code::NotFound);
    EXPECT_NE(opened.error().message.find("spine_detector.onnx"), std::string::npos);
}

} // namespace
} // namespace spindle::shelf
