// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>

#include "image/detail/png_reader.h"
#include "image/line_chart.h"
#include "io/file.h"
#include "testing/temp_folder.h"

namespace spindle::image {
namespace {

using detail::Pixels;
using detail::read_png;

constexpr std::uint32_t kFirstColor = 0x005C99; // (0, 0.36, 0.60) as bytes

LineChart chart_of(std::vector<ChartPoint> points) {
    LineChart chart;
    chart.title = "Title";
    chart.x.label = "x";
    chart.y.label = "y";
    chart.series = {{"", std::move(points), Mark::Line}};
    return chart;
}

Pixels draw(const LineChart& chart) {
    const auto png = render_png(chart);
    EXPECT_TRUE(png) << (png ? "" : png.error().message);
    return png ? read_png(*png) : Pixels{};
}

/// The row of the first pixel in the first series' colour in column x; -1 if there is none.
int row_of_line(const Pixels& pixels, int x) {
    for (int y = 0; y < pixels.height; ++y) {
        if (pixels.at(x, y) == kFirstColor) {
            return y;
        }
    }
    return -1;
}

TEST(LineChart, DrawsARisingSeriesAsARisingLine) {
    const Pixels pixels = draw(chart_of({{0, 0}, {10, 10}}));
    ASSERT_EQ(pixels.width, 1080);
    ASSERT_EQ(pixels.height, 760);
    const int left = row_of_line(pixels, 300);
    const int middle = row_of_line(pixels, 550);
    const int right = row_of_line(pixels, 800);
    ASSERT_GT(right, 0);
    EXPECT_GT(left, middle + 50);
    EXPECT_GT(middle, right + 50);
    EXPECT_NEAR(left - middle, middle - right, 3); // and a straight one
}

TEST(LineChart, DrawsAPowerLawStraightOnLogarithmicAxes) {
    std::vector<ChartPoint> points;
    for (int i = 0; i <= 40; ++i) {
        const double x = std::pow(10.0, i / 10.0);
        points.push_back({x, x * x});
    }
    LineChart chart = chart_of(points);
    chart.x.scale = Scale::Logarithmic;
    chart.y.scale = Scale::Logarithmic;
    const Pixels pixels = draw(chart);
    const int left = row_of_line(pixels, 300);
    const int middle = row_of_line(pixels, 550);
    const int right = row_of_line(pixels, 800);
    ASSERT_GT(right, 0);
    EXPECT_NEAR(left - middle, middle - right, 3);
}

TEST(LineChart, InterruptsTheLineWhereAValueIsMissing) {
    const Pixels whole = draw(chart_of({{0, 1}, {1, 1}, {2, 1}, {3, 1}, {4, 1}}));
    const Pixels broken = draw(chart_of({{0, 1}, {1, 1}, {2, std::nan("")}, {3, 1}, {4, 1}}));
    EXPECT_GE(row_of_line(whole, 575), 0); // x = 2 lies in the middle of the plot
    EXPECT_EQ(row_of_line(broken, 575), -1);
    EXPECT_GE(row_of_line(broken, 200), 0);
}

TEST(LineChart, ShowsErrorBars) {
    LineChart chart = chart_of({{1, 5}, {2, 5, 1, 9}, {3, 5}});
    chart.series[0].mark = Mark::Points;
    chart.y.lowest = 0;
    chart.y.highest = 10;
    const auto count_marked = [](const Pixels& pixels) {
        // Bars are drawn see-through: bluish rather than exactly the series' colour.
        std::size_t count = 0;
        for (const std::uint32_t value : pixels.values) {
            count += (value & 0xFFU) > (value >> 16U) + 60 ? 1 : 0;
        }
        return count;
    };
    const std::size_t with = count_marked(draw(chart));
    chart.series[0].points[1].low = std::nan("");
    EXPECT_GT(with, count_marked(draw(chart)) + 300);
}

TEST(LineChart, IsDrawnWithoutAnyValues) {
    LineChart chart = chart_of({});
    EXPECT_EQ(draw(chart).width, 1080);
    chart.x.scale = Scale::Logarithmic;
    chart.series[0].points = {{-1, 5}, {0, 3}};
    EXPECT_EQ(draw(chart).width, 1080);
    chart.series.clear();
    EXPECT_EQ(draw(chart).width, 1080);
}

TEST(LineChart, WritesPngAndSvgAsTheNameSays) {
    const testing::TempFolder folder;
    const LineChart chart = chart_of({{0, 0}, {1, 1}});
    ASSERT_TRUE(write_chart(chart, folder / "a.PNG"));
    ASSERT_TRUE(write_chart(chart, folder / "a.svg"));
    const auto png = io::read_file(folder / "a.PNG", 10'000'000);
    const auto svg = io::read_file(folder / "a.svg", 10'000'000);
    ASSERT_TRUE(png && svg);
    EXPECT_EQ(read_png(*png).width, 1080);
    EXPECT_NE(svg->find("<svg"), std::string::npos);
    EXPECT_NE(svg->find("</svg>"), std::string::npos);
    const auto refused = write_chart(chart, folder / "a.gif");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::BadInput);
}

TEST(LineChart, RefusesSizesOutOfRange) {
    LineChart chart = chart_of({{0, 0}, {1, 1}});
    chart.width = 10;
    EXPECT_FALSE(render_png(chart));
    chart = chart_of(std::vector<ChartPoint>(1'000'001));
    EXPECT_FALSE(render_svg(chart));
}

} // namespace
} // namespace spindle::image
