// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include <gtest/gtest.h>

#include "image/marking.h"

namespace spindle::image {
namespace {

constexpr Colour kRed{230, 20, 30};
constexpr Colour kBlue{20, 60, 230};

Picture plain(int width = 800, int height = 600, std::uint8_t value = 128) {
    return {width, height, Channels::Rgb,
            std::vector<std::uint8_t>(static_cast<std::size_t>(width * height) * 3, value)};
}

Quad upright(double left, double top, double right, double bottom) {
    return {{Point{left, top}, Point{right, top}, Point{right, bottom}, Point{left, bottom}}};
}

Picture drawn(const Picture& photo, const std::vector<Outline>& outlines,
              const MarkingStyle& style = {}) {
    auto result = with_outlines(photo, outlines, style);
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
    return result.value_or(Picture{});
}

Colour at(const Picture& picture, int x, int y) {
    const auto pixel = picture.row(y).subspan(static_cast<std::size_t>(x) * 3, 3);
    return {pixel[0], pixel[1], pixel[2]};
}

/// How many pixels of this colour lie in a box.
int count(const Picture& picture, const Colour& colour, int left, int top, int right, int bottom) {
    int found = 0;
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            found += at(picture, x, y) == colour ? 1 : 0;
        }
    }
    return found;
}

TEST(Marking, DrawsTheOutlineInItsColourAndLeavesTheRest) {
    for (const std::uint8_t ground : std::vector<std::uint8_t>{0, 128, 255}) {
        const Picture photo = plain(800, 600, ground);
        const Picture marked = drawn(photo, {{upright(100, 200, 700, 260), kRed, "", ""}});
        ASSERT_EQ(marked.width, 800);
        ASSERT_EQ(marked.height, 600);
        EXPECT_GT(count(marked, kRed, 100, 200, 700, 204), 500); // the upper edge
        EXPECT_GT(count(marked, kRed, 100, 200, 104, 260), 40);  // the left one
        EXPECT_EQ(at(marked, 400, 230), at(photo, 400, 230));
        EXPECT_EQ(at(marked, 90, 190), at(photo, 90, 190));
    }
}

TEST(Marking, PutsTagsAtTheBeginningAndLabelsAtTheEnd) {
    const Picture marked = drawn(plain(), {{upright(100, 200, 700, 260), kRed, "7", ""},
                                           {upright(100, 300, 700, 360), kBlue, "", "12 EUR"}});
    EXPECT_GT(count(marked, kRed, 105, 210, 200, 250), 100);
    EXPECT_EQ(count(marked, kRed, 300, 210, 690, 250), 0);
    EXPECT_GT(count(marked, kBlue, 600, 310, 690, 350), 300);
    EXPECT_EQ(count(marked, kBlue, 110, 310, 500, 350), 0);
    // Of a spine that is read from the right, the beginning is there.
    const Picture turned =
        drawn(plain(), {{turned_around(upright(100, 200, 700, 260)), kRed, "7", ""}});
    EXPECT_GT(count(turned, kRed, 600, 210, 695, 250), 100);
}

TEST(Marking, LettersAreLegibleOnAPhone) {
    // 4032 pixels shown on 1080: the label's line must have 12 of those left, so 45 of these.
    const Picture marked =
        drawn(plain(4032, 600), {{upright(100, 200, 3900, 320), kBlue, "", "12 EUR"}});
    int first = 600;
    int last = 0;
    for (int y = 210; y < 310; ++y) { // white letters
        if (count(marked, {255, 255, 255}, 3000, y, 3890, y + 1) > 0) {
            first = std::min(first, y);
            last = std::max(last, y);
        }
    }
    EXPECT_GT(last - first, 45 * 0.7); // of capitals
}

TEST(Marking, WritesBesideASpineThatIsTooShort) {
    const Picture marked =
        drawn(plain(), {{upright(400, 280, 440, 300), kBlue, "", "A rather long title"}});
    EXPECT_GT(count(marked, kBlue, 0, 0, 800, 270) + count(marked, kBlue, 0, 310, 800, 600), 800);
}

TEST(Marking, ExplainsItsColoursBelowThePhoto) {
    MarkingStyle style;
    style.legend = {{kRed, "worth a look"}, {kBlue, "known"}};
    const Picture marked = drawn(plain(), {}, style);
    ASSERT_GT(marked.height, 620);
    EXPECT_LT(marked.height, 720);
    EXPECT_GT(count(marked, kRed, 0, 600, 800, marked.height), 10);
    EXPECT_GT(count(marked, kBlue, 0, 600, 800, marked.height), 10);
    EXPECT_EQ(at(marked, 400, 599), (Colour{128, 128, 128}));
}

TEST(Marking, SaysWhereDataIsFromBelowTheLegend) {
    MarkingStyle style;
    style.legend = {{kRed, "worth a look"}};
    const int without = drawn(plain(), {}, style).height;
    style.notes = {"Data provided by somebody."};
    EXPECT_GT(drawn(plain(), {}, style).height, without);
    style.legend.clear();
    const Picture alone = drawn(plain(), {}, style);
    EXPECT_GT(alone.height, 600);
    EXPECT_EQ(at(alone, 400, 599), (Colour{128, 128, 128}));
}

TEST(Marking, DrawsTheSameEachTime) {
    std::vector<Outline> outlines;
    for (int i = 0; i < 20; ++i) {
        outlines.push_back({upright(50, 20 + 25 * i, 600, 43 + 25 * i), kRed, std::to_string(i),
                            "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82 "
                            "\xe6\x97\xa5\xe6\x9c\xac"});
    }
    EXPECT_EQ(drawn(plain(), outlines).pixels, drawn(plain(), outlines).pixels);
}

TEST(Marking, DrawsOnGreyPhotosInColour) {
    const Picture grey{1000, 200, Channels::Grey, std::vector<std::uint8_t>(200'000, 90)};
    const Picture marked = drawn(grey, {{upright(20, 50, 880, 90), kRed, "", ""}});
    EXPECT_EQ(marked.channels, Channels::Rgb);
    EXPECT_EQ(at(marked, 5, 5), (Colour{90, 90, 90}));
    EXPECT_GT(count(marked, kRed, 0, 0, 1000, 200), 100);
}

TEST(Marking, EnduresAnyOutlineAndText) {
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    std::vector<Outline> outlines;
    for (const double odd : {kNan, std::numeric_limits<double>::infinity(), -1e300, 1e5, 0.0}) {
        Outline outline{upright(10, 10, 200, 40), kRed, std::string(3000, 'x'),
                        "\xff\xfe\x1b[31m" + std::string(3000, 'y')};
        outline.quad.corners[2] = {odd, odd};
        outlines.push_back(outline);
        outline.quad = upright(odd, odd, odd, odd);
        outlines.push_back(outline);
    }
    EXPECT_EQ(drawn(plain(), outlines).width, 800);
    EXPECT_EQ(drawn(plain(3, 2), outlines).width, 3);
}

TEST(Marking, RefusesWhatCannotBeDrawn) {
    EXPECT_EQ(with_outlines(Picture{}, {}).error().code, Code::BadInput);
    EXPECT_FALSE(with_outlines(plain(20'000, 1), {}));
    EXPECT_FALSE(with_outlines(plain(), std::vector<Outline>(2001)));
}

} // namespace
} // namespace spindle::image
