// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "image/decode.h"
#include "image/detail/photo_samples.h"
#include "image/encode.h"
#include "testing/temp_folder.h"

namespace spindle::image {
namespace {

constexpr DecodeLimits kSmallToo{.min_side = 1};

Picture decoded(const Result<std::string>& file) {
    EXPECT_TRUE(file);
    auto picture = decode(std::as_bytes(std::span(*file)), "photo", kSmallToo);
    EXPECT_TRUE(picture);
    return picture.value_or(Picture{});
}

TEST(Encode, PngKeepsEveryPixel) {
    const Picture picture = detail::meadow(37, 21);
    EXPECT_EQ(decoded(to_png(picture)).pixels, picture.pixels);
}

TEST(Encode, JpegComesNearWithQuality) {
    const Picture picture = detail::meadow(160, 120);
    const auto distance = [&](int quality) {
        const Picture other = decoded(to_jpeg(picture, {.quality = quality}));
        double sum = 0;
        for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
            sum += std::abs(picture.pixels[i] - other.pixels[i]);
        }
        return sum / static_cast<double>(picture.pixels.size());
    };
    EXPECT_LT(distance(95), 1.5);
    EXPECT_LT(distance(95), distance(20));
    EXPECT_LT(to_jpeg(picture, {.quality = 20})->size(), to_jpeg(picture, {.quality = 95})->size());
}

TEST(Encode, WritesGreyAsGrey) {
    const Picture grey{16, 16, Channels::Grey, std::vector<std::uint8_t>(256, 99)};
    EXPECT_EQ(decoded(to_png(grey)).pixels, std::vector<std::uint8_t>(768, 99));
    EXPECT_EQ(decoded(to_jpeg(grey)).pixels, std::vector<std::uint8_t>(768, 99));
}

TEST(Encode, RefusesWhatIsNoPicture) {
    for (const Picture& odd :
         {Picture{}, Picture{10, 10, Channels::Rgb, std::vector<std::uint8_t>(299)},
          Picture{70'000, 1, Channels::Grey, std::vector<std::uint8_t>(70'000)}}) {
        ASSERT_FALSE(to_png(odd));
        EXPECT_EQ(to_jpeg(odd).error().code, Code::BadInput);
    }
}

TEST(WritePicture, GoesByTheName) {
    const testing::TempFolder folder;
    const Picture picture = detail::meadow(300, 200);
    for (const std::string name : {"a.jpg", "b.JPEG", "c.png"}) {
        ASSERT_TRUE(write_picture(picture, folder / name));
        EXPECT_EQ(read_picture(folder / name)->width, 300);
    }
    EXPECT_EQ(read_picture(folder / "c.png")->pixels, picture.pixels);
    const auto refused = write_picture(picture, folder / "d.gif");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("d.gif: a picture is written as"), std::string::npos);
    EXPECT_EQ(write_picture(picture, folder / "no" / "e.jpg").error().code, Code::NotFound);
}

} // namespace
} // namespace spindle::image
