// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdlib>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "image/decode.h"
#include "image/detail/photo_samples.h"

namespace spindle::image {
namespace {

using detail::meadow;

constexpr DecodeLimits kSmallToo{.min_side = 1};

Picture decoded(std::string_view file, const DecodeLimits& limits = kSmallToo) {
    auto picture = decode(std::as_bytes(std::span(file)), "photo", limits);
    EXPECT_TRUE(picture) << (picture ? "" : picture.error().message);
    return picture.value_or(Picture{});
}

/// The greatest difference of a channel; 999 when the sizes differ.
int difference(const Picture& a, const Picture& b) {
    if (a.width != b.width || a.height != b.height || a.pixels.size() != b.pixels.size()) {
        return 999;
    }
    int greatest = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        greatest = std::max(greatest, std::abs(a.pixels[i] - b.pixels[i]));
    }
    return greatest;
}

/// `upright`, stored so that a reader who heeds the orientation sees it again. EXIF 2.3, 4.6.4:
/// which side of what is seen the first stored row is on, and the first stored column.
Picture stored(const Picture& upright, int orientation) {
    const bool turned = orientation >= 5; // the first row is at the left or right
    const bool from_right =
        turned ? orientation == 6 || orientation == 7 : orientation == 2 || orientation == 3;
    const bool from_bottom =
        turned ? orientation == 7 || orientation == 8 : orientation == 3 || orientation == 4;
    Picture result{turned ? upright.height : upright.width,
                   turned ? upright.width : upright.height,
                   upright.channels,
                   {}};
    for (int row = 0; row < result.height; ++row) {
        for (int column = 0; column < result.width; ++column) {
            const int x = turned ? row : column;
            const int y = turned ? column : row;
            const auto pixel =
                upright.row(from_bottom ? upright.height - 1 - y : y)
                    .subspan(static_cast<std::size_t>(from_right ? upright.width - 1 - x : x) * 3,
                             3);
            result.pixels.insert(result.pixels.end(), pixel.begin(), pixel.end());
        }
    }
    return result;
}

TEST(Decode, ReadsJpegOfEachKind) {
    const Picture picture = meadow(83, 61);
    for (const detail::JpegKind& kind : {detail::JpegKind{},
                                         {.progressive = true},
                                         {.restart_rows = 1},
                                         {.inks = true},
                                         {.inks = true, .adobe = false}}) {
        EXPECT_LE(difference(decoded(detail::jpeg_file(picture, kind)), picture), 12);
    }
}

TEST(Decode, ReadsGreyAsRgb) {
    Picture grey{64, 48, Channels::Grey, std::vector<std::uint8_t>(64 * 48, 77)};
    const Picture from_jpeg = decoded(detail::jpeg_file(grey));
    EXPECT_EQ(from_jpeg.channels, Channels::Rgb);
    EXPECT_EQ(from_jpeg.pixels, std::vector<std::uint8_t>(64 * 48 * 3, 77));
    EXPECT_EQ(decoded(detail::png_file(64, 48, PNG_FORMAT_GRAY, grey.pixels.data())).pixels,
              from_jpeg.pixels);
}

TEST(Decode, ReadsPngOfEachDepth) {
    const Picture picture = meadow(40, 30);
    EXPECT_EQ(decoded(detail::png_file(40, 30, PNG_FORMAT_RGB, picture.pixels.data())).pixels,
              picture.pixels);
    // 16 bits, linear light: half as much is not half as bright.
    const std::vector<std::uint16_t> half(40 * 30, 32768);
    EXPECT_NEAR(decoded(detail::png_file(40, 30, PNG_FORMAT_LINEAR_Y, half.data())).pixels[7], 187,
                1);
    constexpr std::array<std::uint8_t, 6> kPalette{10, 20, 30, 200, 100, 50};
    std::vector<std::uint8_t> indices(40 * 30, 1);
    indices[0] = 0;
    const Picture painted = decoded(
        detail::png_file(40, 30, PNG_FORMAT_RGB_COLORMAP, indices.data(), kPalette.data(), 2));
    EXPECT_EQ(std::vector(painted.pixels.begin(), painted.pixels.begin() + 6),
              (std::vector<std::uint8_t>{10, 20, 30, 200, 100, 50}));
}

TEST(Decode, PutsTransparencyOverWhite) {
    std::vector<std::uint8_t> rows;
    for (int i = 0; i < 32 * 32; ++i) {
        const auto alpha = static_cast<std::uint8_t>(i % 3 == 0 ? 0 : 255);
        rows.insert(rows.end(), {200, 0, 40, alpha});
    }
    for (const std::string& file : {detail::png_file(32, 32, PNG_FORMAT_RGBA, rows.data()),
                                    detail::webp_file(32, 32, rows, 4)}) {
        const Picture picture = decoded(file);
        EXPECT_EQ(std::vector(picture.pixels.begin(), picture.pixels.begin() + 6),
                  (std::vector<std::uint8_t>{255, 255, 255, 200, 0, 40}));
    }
}

TEST(Decode, ReadsWebp) {
    const Picture picture = meadow(50, 33);
    EXPECT_EQ(decoded(detail::webp_file(50, 33, picture.pixels, 3)).pixels, picture.pixels);
}

TEST(Decode, HoldsEveryOrientationUpright) {
    const Picture picture = meadow(48, 32);
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const Picture turned = stored(picture, orientation);
        for (const auto order : {detail::ByteOrder::Big, detail::ByteOrder::Little}) {
            const std::string exif = detail::exif_block(orientation, order);
            EXPECT_LE(
                difference(decoded(detail::with_exif(detail::jpeg_file(turned), exif)), picture),
                10)
                << orientation;
            const std::string png =
                detail::png_file(turned.width, turned.height, PNG_FORMAT_RGB, turned.pixels.data());
            EXPECT_EQ(difference(decoded(detail::with_png_chunk(png, "eXIf", exif)), picture), 0)
                << orientation;
            const std::string webp =
                detail::webp_file(turned.width, turned.height, turned.pixels, 3);
            EXPECT_EQ(difference(decoded(detail::extended_webp(webp, turned.width, turned.height,
                                                               0x08, exif)),
                                 picture),
                      0)
                << orientation;
        }
    }
}

TEST(Decode, ReadsHeicUpright) {
    const Picture picture = meadow(128, 96);
    if (detail::heic_file(picture).empty()) {
        GTEST_SKIP() << "libheif cannot write HEIC here";
    }
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const Picture turned = stored(picture, orientation);
        EXPECT_LE(difference(decoded(detail::heic_file(turned, orientation)), picture), 20)
            << orientation;
    }
}

TEST(Decode, TakesBrokenExifForNone) {
    const Picture picture = meadow(48, 32);
    const std::string jpeg = detail::jpeg_file(picture);
    const std::string good = detail::exif_block(6);
    for (std::size_t size = 0; size < 20; ++size) { // cut before the value
        EXPECT_EQ(decoded(detail::with_exif(jpeg, good.substr(0, size % 18))).width, 48);
    }
    EXPECT_EQ(decoded(detail::with_exif(jpeg, detail::exif_block(9))).width, 48);
    EXPECT_EQ(decoded(detail::with_exif(jpeg, detail::exif_block(0))).width, 48);
    std::string far = good;
    far[4] = '\xFF'; // the folder begins at 4 GB
    EXPECT_EQ(decoded(detail::with_exif(jpeg, far)).width, 48);
}

TEST(Decode, IgnoresWhatFollowsThePicture) {
    const Picture picture = meadow(83, 61);
    const std::string jpeg = detail::jpeg_file(picture);
    const Picture plain = decoded(jpeg);
    EXPECT_EQ(decoded(jpeg + jpeg).pixels, plain.pixels); // a second picture (MPF)
    EXPECT_EQ(decoded(jpeg + "\0\0\0 ftypmp42" + std::string(5000, 'v')).pixels, plain.pixels);
    EXPECT_EQ(decoded(detail::jpeg_file(picture, {.progressive = true}) + jpeg).width, 83);
}

} // namespace
} // namespace spindle::image
