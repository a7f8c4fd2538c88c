// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "image/detail/heat.h"
#include "image/detail/png_reader.h"
#include "image/spectrogram_plot.h"
#include "io/file.h"
#include "testing/temp_folder.h"

namespace spindle::image {
namespace {

using detail::Pixels;
using detail::read_png;

SpectrogramPlot quiet_plot(int columns = 40, int rows = 30) {
    SpectrogramPlot plot;
    plot.title = "A title";
    plot.sound = {.rows = rows,
                  .columns = columns,
                  .levels = std::vector<float>(static_cast<std::size_t>(rows * columns), -100.0F),
                  .begin = Seconds{0},
                  .end = Seconds{4},
                  .lowest_hz = 100,
                  .highest_hz = 3200};
    plot.floor_db = -80;
    plot.ceiling_db = 0;
    return plot;
}

struct Found {
    double x = 0, y = 0; // middle, as parts of the picture's width and height
    std::size_t count = 0;
};

Found find_color(const Pixels& pixels, std::uint32_t color) {
    Found found;
    for (int y = 0; y < pixels.height; ++y) {
        for (int x = 0; x < pixels.width; ++x) {
            if (pixels.at(x, y) == color) {
                found.x += x;
                found.y += y;
                ++found.count;
            }
        }
    }
    if (found.count > 0) {
        found.x /= static_cast<double>(found.count) * pixels.width;
        found.y /= static_cast<double>(found.count) * pixels.height;
    }
    return found;
}

Pixels draw(const SpectrogramPlot& plot) {
    const auto png = render_png(plot);
    EXPECT_TRUE(png) << (png ? "" : png.error().message);
    return png ? read_png(*png) : Pixels{};
}

TEST(SpectrogramPlot, ShowsTheLoudestPlaceDarkestWhereItLies) {
    SpectrogramPlot early_low = quiet_plot();
    early_low.sound.levels[5 * 30 + 4] = 0;
    SpectrogramPlot late_high = quiet_plot();
    late_high.sound.levels[35 * 30 + 25] = 0;
    const std::uint32_t darkest = detail::heat_color(1);
    const Found first = find_color(draw(early_low), darkest);
    const Found second = find_color(draw(late_high), darkest);
    ASSERT_GT(first.count, 100U);
    ASSERT_GT(second.count, 100U);
    EXPECT_LT(first.x + 0.5, second.x);  // later is further right
    EXPECT_GT(first.y, second.y + 0.35); // higher is further up
}

TEST(SpectrogramPlot, KeepsAThinClickVisibleWhenManyColumnsShareAPixel) {
    SpectrogramPlot plot = quiet_plot(50'000, 8);
    std::fill_n(plot.sound.levels.begin() + 200'000, 8, 0.0F);
    const Found click = find_color(draw(plot), detail::heat_color(1));
    EXPECT_GT(click.count, 300U); // one pixel wide, the plot's height
    EXPECT_NEAR(click.x, 0.55, 0.05);
}

TEST(SpectrogramPlot, DrawsALandmarkOverItsTimeAndPitch) {
    SpectrogramPlot plot = quiet_plot();
    plot.sound.levels[20 * 30 + 15] = 0; // 2.05 s, 582 Hz
    const Found cell = find_color(draw(plot), detail::heat_color(1));
    plot.landmarks = {{Seconds{2.05}, 582, LandmarkKind::Matched}};
    const Pixels with = draw(plot);
    const int x = static_cast<int>(cell.x * with.width);
    // The legend above moves the plot down a little: look along the column.
    bool found = false;
    for (int y = with.height / 4; y < with.height * 3 / 4; ++y) {
        found |= with.at(x, y) == 0xC70070; // (0.78, 0, 0.44) as bytes
    }
    EXPECT_TRUE(found);
}

TEST(SpectrogramPlot, GrowsForTheLowerChartAndCaptions) {
    SpectrogramPlot plot = quiet_plot();
    const Pixels plain = draw(plot);
    EXPECT_EQ(plain.width, plot.width);
    EXPECT_EQ(plain.height, plot.height);
    plot.lower_axis = ChartAxis{.label = "track time, s"};
    plot.lower_series = {{"pairs", {{0, 10}, {1, 11}, {4, 14}}, Mark::Points}};
    const Pixels taller = draw(plot);
    EXPECT_GT(taller.height, plain.height + 200);
    plot.captions = {"One sentence.", "And another which is so long that it has to be wrapped into "
                                      "more than one line of the picture, as captions often are."};
    EXPECT_GT(draw(plot).height, taller.height + 60);
}

TEST(SpectrogramPlot, DrawsNoiseWhateverIsInIt) {
    SpectrogramPlot plot = quiet_plot();
    plot.floor_db.reset();
    plot.ceiling_db.reset();
    constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
    std::ranges::fill(plot.sound.levels, kNan);
    plot.sound.levels[7] = std::numeric_limits<float>::infinity();
    plot.landmarks = {{Seconds{-1}, 500},
                      {Seconds{1e300}, 500},
                      {Seconds{2}, -5},
                      {Seconds{std::nan("")}, std::nan("")}};
    plot.title = std::string(5000, 'x') + "\xff\xfe\x1b[31m \xe6\x97\xa5\xe6\x9c\xac";
    plot.subtitle = "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82";
    EXPECT_EQ(draw(plot).width, plot.width);
}

TEST(SpectrogramPlot, RefusesWhatCannotBeDrawn) {
    const auto refused = [](auto change) {
        SpectrogramPlot plot = quiet_plot();
        change(plot);
        const auto png = render_png(plot);
        return !png && png.error().code == Code::BadInput;
    };
    EXPECT_TRUE(refused([](auto& plot) { plot.sound.rows = 0; }));
    EXPECT_TRUE(refused([](auto& plot) { plot.sound.columns = 41; }));
    EXPECT_TRUE(refused([](auto& plot) { plot.sound.levels.pop_back(); }));
    EXPECT_TRUE(refused([](auto& plot) { plot.sound.end = plot.sound.begin; }));
    EXPECT_TRUE(refused([](auto& plot) { plot.sound.lowest_hz = 0; }));
    EXPECT_TRUE(refused([](auto& plot) { plot.sound.highest_hz = std::nan(""); }));
    EXPECT_TRUE(refused([](auto& plot) { plot.width = 100'000; }));
    EXPECT_TRUE(refused([](auto& plot) { plot.height = -1; }));
}

TEST(SpectrogramPlot, IsWrittenWholeOrNotAtAll) {
    const testing::TempFolder folder;
    const auto path = folder / "plot.png";
    ASSERT_TRUE(write_png(quiet_plot(), path));
    const auto content = io::read_file(path, 10'000'000);
    ASSERT_TRUE(content);
    EXPECT_EQ(read_png(*content).width, 1080);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);

    const auto refused = write_png(quiet_plot(), folder / "missing" / "plot.png");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::NotFound);
    EXPECT_NE(refused.error().message.find("missing/plot.png"), std::string::npos);
}

} // namespace
} // namespace spindle::image
