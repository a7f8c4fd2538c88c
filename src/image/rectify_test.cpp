// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "image/rectify.h"

namespace spindle::image {
namespace {

template <typename Value> // what (x, y) is, for the centre of each pixel
Picture draw(int width, int height, Value value) {
    Picture picture{width, height, Channels::Grey, {}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            picture.pixels.push_back(
                static_cast<std::uint8_t>(std::lround(value(x + 0.5, y + 0.5))));
        }
    }
    return picture;
}

Picture slope(int width, int height) {
    return draw(width, height,
                [&](double x, double y) { return 20 + 150 * x / width + 60 * y / height; });
}

int at(const Picture& picture, int x, int y) {
    return picture.row(y)[static_cast<std::size_t>(x) * static_cast<std::size_t>(picture.channels)];
}

Quad upright(double left, double top, double right, double bottom) {
    return {{Point{left, top}, Point{right, top}, Point{right, bottom}, Point{left, bottom}}};
}

const Quad kLeaning{{Point{60, 30}, Point{170, 80}, Point{150, 120}, Point{40, 60}}};

TEST(Rectify, GivesTheWholePictureBackAsItIs) {
    const Picture picture = slope(64, 48);
    EXPECT_EQ(rectify(picture, upright(0, 0, 64, 48), 64, 48).pixels, picture.pixels);
    EXPECT_EQ(rectify(picture, upright(8, 4, 40, 20), 32, 16).row(3)[5], picture.row(7)[13]);
}

TEST(Rectify, ShowsEachPlaceWhereInPhotoSaysItIs) {
    const Picture photo = slope(200, 160);
    for (const Margin& margin : {Margin{}, Margin{0.5, 0.25}}) {
        for (const auto& [width, height] : {std::pair{300, 90}, {60, 30}, {20, 5}, {25, 200}}) {
            const Picture strip = rectify(photo, kLeaning, width, height, margin);
            ASSERT_EQ(strip.width, width);
            ASSERT_EQ(strip.height, height);
            for (int y = 0; y < height; ++y) {
                for (int x = 0; x < width; ++x) {
                    const Point place =
                        in_photo(Point{x + 0.5, y + 0.5}, kLeaning, width, height, margin);
                    const double value = 20 + 150 * place.x / 200 + 60 * place.y / 160;
                    ASSERT_NEAR(at(strip, x, y), value, 2) << x << ", " << y;
                }
            }
        }
    }
}

TEST(Rectify, FollowsPerspective) {
    // A board of 4 x 2 fields seen from the side: each field must come out equally wide.
    const Quad board{{Point{30, 20}, Point{230, 70}, Point{230, 130}, Point{30, 180}}};
    Picture photo = draw(260, 200, [](double, double) { return 0.0; });
    constexpr int kFine = 1600;
    for (int j = 0; j < kFine; ++j) {
        for (int i = 0; i < kFine; ++i) {
            const Point place = in_photo(Point{i + 0.5, j + 0.5}, board, kFine, kFine);
            const bool white = (i * 4 / kFine + j * 2 / kFine) % 2 == 0;
            photo.pixels[static_cast<std::size_t>(place.y) * 260 +
                         static_cast<std::size_t>(place.x)] = white ? 250 : 10;
        }
    }
    const Picture strip = rectify(photo, board, 400, 200);
    for (int row = 0; row < 2; ++row) {
        for (int column = 0; column < 4; ++column) {
            EXPECT_NEAR(at(strip, column * 100 + 50, row * 100 + 50),
                        (row + column) % 2 == 0 ? 250 : 10, 3);
        }
    }
}

TEST(Rectify, ReadsFromTheOtherEndWhenTheQuadIsTurnedAround) {
    const Picture photo = slope(200, 160);
    const Picture strip = rectify(photo, kLeaning, 120, 40);
    const Picture other = turned_around(rectify(photo, turned_around(kLeaning), 120, 40));
    for (std::size_t i = 0; i < strip.pixels.size(); ++i) {
        ASSERT_NEAR(strip.pixels[i], other.pixels[i], 1);
    }
}

TEST(Rectify, AveragesWhatItShrinks) {
    // Lines one pixel wide: a reader that skips pixels would see black or white.
    const Picture lines =
        draw(800, 400, [](double x, double) { return static_cast<int>(x) % 2 == 0 ? 0.0 : 200.0; });
    const Quad leaning{{Point{20, 30}, Point{760, 50}, Point{755, 370}, Point{15, 350}}};
    for (const Picture& small : {rectify(lines, leaning, 74, 32), scaled(lines, 80, 40)}) {
        for (const std::uint8_t value : small.pixels) {
            ASSERT_NEAR(value, 100, 9);
        }
    }
}

TEST(Rectify, ShowsTheSurroundingsInItsMargin) {
    Picture photo = draw(100, 100, [](double, double) { return 10.0; });
    for (int y = 40; y < 60; ++y) {
        std::fill_n(photo.pixels.begin() + y * 100 + 20, 60, std::uint8_t{200});
    }
    const Quad spine = upright(20, 40, 80, 60);
    // 60 x 20 and half of 20 on each side: 80 x 40 at the photo's own size.
    const Picture strip = rectify(photo, spine, 80, 40, {.along = 0.5, .across = 0.5});
    for (int y = 0; y < 40; ++y) {
        for (int x = 0; x < 80; ++x) {
            const bool inside = x >= 10 && x < 70 && y >= 10 && y < 30;
            ASSERT_NEAR(at(strip, x, y), inside ? 200 : 10, 1) << x << ", " << y;
        }
    }
}

TEST(Rectify, GoesOnWithTheOutermostPixelsOutsideThePhoto) {
    const Picture photo = slope(50, 40);
    const Picture strip = rectify(photo, upright(-30, -20, 80, 60), 110, 80);
    EXPECT_EQ(at(strip, 0, 0), at(photo, 0, 0));
    EXPECT_EQ(at(strip, 109, 79), at(photo, 49, 39));
    EXPECT_EQ(at(strip, 35, 50), at(photo, 5, 30));
    const Picture away = rectify(photo, upright(300, 300, 400, 340), 10, 4);
    EXPECT_EQ(at(away, 5, 2), at(photo, 49, 39));
}

TEST(Rectify, TakesPicturesWiderThanOpenCvWarps) {
    Picture photo = slope(70'000, 6);
    const Picture part = rectify(photo, upright(69'000, 0, 69'500, 6), 500, 6);
    EXPECT_EQ(at(part, 250, 3), at(photo, 69'250, 3));
    const Picture whole = rectify(photo, upright(0, 0, 70'000, 6), 100, 6);
    EXPECT_NEAR(at(whole, 50, 3), at(photo, 35'000, 3), 2);
}

TEST(Rectify, KeepsColours) {
    Picture photo{2, 1, Channels::Rgb, {255, 0, 0, 0, 0, 255}};
    const Picture strip = rectify(photo, upright(0, 0, 2, 1), 20, 10);
    EXPECT_EQ(strip.channels, Channels::Rgb);
    EXPECT_EQ(std::vector(strip.row(5).begin(), strip.row(5).begin() + 3),
              (std::vector<std::uint8_t>{255, 0, 0}));
    EXPECT_EQ(at(grey(photo), 0, 0), 76); // 0.299 of 255
    EXPECT_EQ(grey(grey(photo)).pixels, grey(photo).pixels);
}

TEST(Rectify, EnduresAnyQuad) {
    const Picture photo = slope(60, 40);
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    constexpr double kEndless = std::numeric_limits<double>::infinity();
    for (const double odd : {0.0, 1e-9, 1e5, -1e5, 1e9, -1e300, kNan, kEndless}) {
        for (std::size_t corner = 0; corner < 4; ++corner) {
            Quad quad = upright(10, 10, 50, 30);
            quad.corners[corner].x = odd;
            EXPECT_EQ(rectify(photo, quad, 40, 20, {10, 10}).pixels.size(), 800U);
            quad.corners[corner].y = odd;
            EXPECT_EQ(rectify(photo, quad, 40, 20).pixels.size(), 800U);
        }
    }
    const Quad point = upright(30, 20, 30, 20);
    EXPECT_NEAR(at(rectify(photo, point, 8, 4), 3, 2), at(photo, 30, 20), 3);
}

TEST(Rectify, GivesNothingForNothing) {
    const Picture photo = slope(60, 40);
    EXPECT_TRUE(rectify(Picture{}, kLeaning, 10, 10).empty());
    EXPECT_TRUE(rectify(photo, kLeaning, 0, 10).empty());
    EXPECT_TRUE(rectify(photo, kLeaning, 10, kLongestSide + 1).empty());
    EXPECT_TRUE(scaled(photo, -1, 5).empty());
    EXPECT_TRUE(scaled(Picture{}, 5, 5).empty());
    EXPECT_TRUE(grey(Picture{}).empty());
    EXPECT_TRUE(turned_around(Picture{}).empty());
}

TEST(Scaled, KeepsSlopesInEitherDirection) {
    const Picture picture = slope(90, 60);
    for (const auto& [width, height] : {std::pair{30, 20}, {180, 120}, {45, 120}, {180, 30}}) {
        const Picture other = scaled(picture, width, height);
        for (int y = 3; y < height - 3; ++y) {
            for (int x = 3; x < width - 3; ++x) {
                const double value = 20 + 150 * (x + 0.5) / width + 60 * (y + 0.5) / height;
                ASSERT_NEAR(at(other, x, y), value, 2);
            }
        }
    }
}

TEST(TurnedAround, PutsTheLastPixelFirst) {
    const Picture picture = slope(31, 17);
    const Picture turned = turned_around(picture);
    EXPECT_EQ(at(turned, 0, 0), at(picture, 30, 16));
    EXPECT_EQ(turned_around(turned).pixels, picture.pixels);
}

RC_GTEST_PROP(InPhoto, TakesTheCornersOfTheStripToThoseOfTheQuad, ()) {
    const auto near = [](double middle) { return middle + *rc::gen::inRange(-18, 18); };
    const Quad quad{{Point{near(100), near(100)}, Point{near(200), near(100)},
                     Point{near(200), near(140)}, Point{near(100), near(140)}}};
    RC_PRE(is_convex(quad));
    const int width = *rc::gen::inRange(1, 2000);
    const int height = *rc::gen::inRange(1, 200);
    const Quad placed = in_photo(upright(0, 0, width, height), quad, width, height);
    for (std::size_t i = 0; i < 4; ++i) {
        RC_ASSERT(std::abs(placed.corners[i].x - quad.corners[i].x) < 1e-6);
        RC_ASSERT(std::abs(placed.corners[i].y - quad.corners[i].y) < 1e-6);
    }
}

} // namespace
} // namespace spindle::image
