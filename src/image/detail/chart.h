// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "image/detail/axis.h"
#include "image/detail/canvas.h"
#include "image/line_chart.h"

/// The parts line charts and spectrograms are put together from.
namespace spindle::image::detail {

/// One look for all plots. Sizes in pixels at a width of 1080, where a phone shows 26 as about 10
/// of its own: the least one reads with ease. Other widths scale them.
struct Look {
    double scale = 1;
    double title = 36;
    double label = 27;
    double tick = 25;
    double small = 24;
    double gap = 14;
    double margin = 28;
    Color background{0.992, 0.992, 0.988};
    Color ink{0.12, 0.13, 0.16};
    Color quiet_ink{0.36, 0.38, 0.43};
    Color grid{0.12, 0.13, 0.16, 0.10};
    Color axis{0.12, 0.13, 0.16, 0.55};

    static Look for_width(int width);
};

/// Colours that stay apart for colour-blind eyes (Okabe & Ito 2008), darkened for a light ground.
Color series_color(std::size_t index);

/// Refuses sizes and numbers of points that would take too much time or memory.
Result<void> check_chart(std::span<const ChartSeries> series, int width, int height);

/// The range of all finite values of the series, error bars included.
struct Range {
    double lowest_x, highest_x, lowest_y, highest_y;
};
Range range_of(std::span<const ChartSeries> series, const ChartAxis& x, const ChartAxis& y);

/// Draws title and subtitle from `top` on; @return where they end.
double draw_heading(Canvas& canvas, const Look& look, const std::string& title,
                    const std::string& subtitle, double top, double width);

/// How an entry of the legend shows what it stands for.
enum class Sample { Line, Dot, LineAndDot, Ring };
Sample sample_of(Mark mark);

struct LegendEntry {
    std::string label;
    Color color;
    Sample sample = Sample::Dot;
};

/// The entries for all series that have a label.
std::vector<LegendEntry> legend_of(std::span<const ChartSeries> series);

/// Draws a legend in rows as wide as `width`; @return where it ends.
double draw_legend(Canvas& canvas, const Look& look, std::span<const LegendEntry> entries,
                   double left, double top, double width);

/// Draws captions, wrapped; @return where they end.
double draw_captions(Canvas& canvas, const Look& look, std::span<const std::string> captions,
                     double left, double top, double width);
double captions_height(const Canvas& canvas, const Look& look,
                       std::span<const std::string> captions, double width);

/// The room the y axis needs left of the plot: its label and its longest number.
double y_axis_width(const Canvas& canvas, const Look& look, const Axis& axis);
/// The room the x axis needs below the plot.
double x_axis_height(const Canvas& canvas, const Look& look, const Axis& axis);

enum class Grid { Off, On };
void draw_x_axis(Canvas& canvas, const Look& look, const Axis& axis, const Box& plot, Grid grid);
void draw_y_axis(Canvas& canvas, const Look& look, const Axis& axis, const Box& plot, Grid grid);

/// Draws the series inside `plot`.
void draw_series(Canvas& canvas, const Look& look, std::span<const ChartSeries> series,
                 const Axis& x, const Axis& y, const Box& plot);

} // namespace spindle::image::detail
