// SPDX-License-Identifier: Apache-2.0
#include <numeric>

#include <gtest/gtest.h>

#include "image/contact_sheet.h"

namespace spindle::image {
namespace {

constexpr Colour kGreen{20, 170, 60};
constexpr Colour kPink{250, 0, 200};

Picture strip(const Colour& colour, int width = 900, int height = 80) {
    Picture picture{width, height, Channels::Rgb, {}};
    for (int i = 0; i < width * height; ++i) {
        picture.pixels.insert(picture.pixels.end(), {colour.red, colour.green, colour.blue});
    }
    return picture;
}

ContactSheet sheet(int rows) {
    ContactSheet result{.title = "Shelf", .subtitle = "a photo", .rows = {}};
    for (int i = 1; i <= rows; ++i) {
        result.rows.push_back({strip(kPink),
                               std::to_string(i),
                               kGreen,
                               {{"read: SOME TITEL", Weight::Quiet},
                                {"Some Title", Weight::Strong},
                                {"1999, CD", Weight::Plain}}});
    }
    return result;
}

std::vector<Picture> drawn(const ContactSheet& sheet) {
    auto pages = draw_sheet(sheet);
    EXPECT_TRUE(pages) << (pages ? "" : pages.error().message);
    return pages.value_or(std::vector<Picture>{});
}

/// How many runs of rows show this colour in column x.
int bands(const Picture& page, const Colour& colour, int x) {
    int found = 0;
    bool inside = false;
    for (int y = 0; y < page.height; ++y) {
        const auto pixel = page.row(y).subspan(static_cast<std::size_t>(x) * 3, 3);
        const bool now = Colour{pixel[0], pixel[1], pixel[2]} == colour;
        found += now && !inside ? 1 : 0;
        inside = now;
    }
    return found;
}

TEST(ContactSheet, ShowsEveryStripOnce) {
    const auto pages = drawn(sheet(7));
    ASSERT_EQ(pages.size(), 1U);
    EXPECT_EQ(pages[0].width, 1080);
    EXPECT_EQ(bands(pages[0], kPink, 600), 7);
}

TEST(ContactSheet, GoesOnOnFurtherPagesWithoutDividingARow) {
    ContactSheet long_sheet = sheet(40);
    long_sheet.highest_page = 2000;
    const auto pages = drawn(long_sheet);
    EXPECT_GT(pages.size(), 3U);
    int strips = 0;
    for (const Picture& page : pages) {
        EXPECT_LE(page.height, 2000);
        strips += bands(page, kPink, 600);
    }
    EXPECT_EQ(strips, 40);
    EXPECT_EQ(drawn(sheet(60)).size(), 1U); // as many as fit into 16,000 pixels
}

TEST(ContactSheet, KeepsTheProportionsOfStrips) {
    ContactSheet tall = sheet(1);
    tall.rows[0].strip = strip(kPink, 40, 400);
    const Picture page = drawn(tall)[0];
    int height = 0;
    int width = 0;
    for (int y = 0; y < page.height; ++y) {
        int in_row = 0;
        for (int x = 0; x < page.width; ++x) {
            const auto pixel = page.row(y).subspan(static_cast<std::size_t>(x) * 3, 3);
            in_row += Colour{pixel[0], pixel[1], pixel[2]} == kPink ? 1 : 0;
        }
        height += in_row > 0 ? 1 : 0;
        width = std::max(width, in_row);
    }
    EXPECT_EQ(height, 130);
    EXPECT_EQ(width, 13);
}

TEST(ContactSheet, ManagesWithoutStripsTagsOrRows) {
    EXPECT_EQ(drawn({}).size(), 1U);
    ContactSheet bare = sheet(3);
    bare.rows[0].strip = {};
    bare.rows[1].tag.clear();
    bare.rows[2].lines.clear();
    EXPECT_EQ(bands(drawn(bare)[0], kPink, 600), 2);
}

TEST(ContactSheet, EnduresAnyText) {
    ContactSheet odd = sheet(2);
    odd.rows[0].tag = std::string(4000, '9');
    odd.rows[0].lines.assign(500, {std::string(4000, 'w') + "\xff\x1b[2J", Weight::Strong});
    odd.title = std::string(4000, 't');
    EXPECT_LT(drawn(odd)[0].height, 3000);
}

TEST(ContactSheet, RefusesSizesOutOfRange) {
    const auto refused = [](auto change) {
        ContactSheet one = sheet(1);
        change(one);
        const auto pages = draw_sheet(one);
        return !pages && pages.error().code == Code::BadInput;
    };
    EXPECT_TRUE(refused([](auto& one) { one.width = 100; }));
    EXPECT_TRUE(refused([](auto& one) { one.highest_page = 100'000; }));
    EXPECT_TRUE(refused([](auto& one) { one.highest_strip = 0; }));
    EXPECT_TRUE(refused([](auto& one) { one.rows.resize(5001); }));
}

} // namespace
} // namespace spindle::image
