// SPDX-License-Identifier: Apache-2.0
#include "image/detail/chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace spindle::image::detail {
namespace {

constexpr std::size_t kMostPoints = 1'000'000;
constexpr std::size_t kMostSeries = 1000;

bool has_place(const ChartPoint& point, const ChartAxis& x, const ChartAxis& y) {
    return std::isfinite(point.x) && std::isfinite(point.y) &&
           (x.scale == Scale::Linear || point.x > 0) && (y.scale == Scale::Linear || point.y > 0);
}

Point on_canvas(double x_place, double y_place, const Box& plot) {
    // Far outside is as good as outside, and cairo's fixed-point coordinates end at 8 million.
    return {plot.left + std::clamp(x_place, -10.0, 10.0) * plot.width,
            plot.bottom() - std::clamp(y_place, -10.0, 10.0) * plot.height};
}

void draw_error_bars(Canvas& canvas, const Look& look, const ChartSeries& one, const Axis& x,
                     const Axis& y, const Box& plot, const Color& color) {
    const double cap = 6 * look.scale;
    for (const ChartPoint& point : one.points) {
        const double low = y.place(point.low);
        const double high = y.place(point.high);
        const double across = x.place(point.x);
        if (!std::isfinite(low) || !std::isfinite(high) || !std::isfinite(across)) {
            continue;
        }
        const Point bottom = on_canvas(across, low, plot);
        const Point top = on_canvas(across, high, plot);
        const double thick = 2 * look.scale;
        canvas.line(std::array{bottom, top}, color, thick);
        for (const Point& end : {bottom, top}) {
            canvas.line(std::array{Point{end.x - cap, end.y}, Point{end.x + cap, end.y}}, color,
                        thick);
        }
    }
}

} // namespace

Look Look::for_width(int width) {
    Look look;
    look.scale = std::clamp(width / 1080.0, 0.4, 4.0);
    for (double* size :
         {&look.title, &look.label, &look.tick, &look.small, &look.gap, &look.margin}) {
        *size *= look.scale;
    }
    return look;
}

Color series_color(std::size_t index) {
    constexpr std::array<Color, 7> kColors{{{0.00, 0.36, 0.60},
                                            {0.80, 0.31, 0.00},
                                            {0.00, 0.52, 0.38},
                                            {0.66, 0.32, 0.55},
                                            {0.78, 0.53, 0.00},
                                            {0.16, 0.60, 0.80},
                                            {0.25, 0.25, 0.28}}};
    return kColors[index % kColors.size()];
}

Result<void> check_chart(std::span<const ChartSeries> series, int width, int height) {
    if (width < 320 || width > 8000 || height < 240 || height > 8000) {
        return fail(Code::BadInput, "a plot of {} x {} is out of range (320 x 240 to 8000 x 8000)",
                    width, height);
    }
    std::size_t points = 0;
    for (const ChartSeries& one : series) {
        points += one.points.size();
    }
    if (points > kMostPoints || series.size() > kMostSeries) {
        return fail(Code::BadInput,
                    "a plot of {} series with {} points is too large (at most {}, {})",
                    series.size(), points, kMostSeries, kMostPoints);
    }
    return {};
}

Range range_of(std::span<const ChartSeries> series, const ChartAxis& x, const ChartAxis& y) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    Range range{kInfinity, -kInfinity, kInfinity, -kInfinity};
    for (const ChartSeries& one : series) {
        for (const ChartPoint& point : one.points) {
            if (!has_place(point, x, y)) {
                continue;
            }
            range.lowest_x = std::min(range.lowest_x, point.x);
            range.highest_x = std::max(range.highest_x, point.x);
            for (const double value : {point.y, point.low, point.high}) {
                if (std::isfinite(value) && (y.scale == Scale::Linear || value > 0)) {
                    range.lowest_y = std::min(range.lowest_y, value);
                    range.highest_y = std::max(range.highest_y, value);
                }
            }
        }
    }
    return range;
}

double draw_heading(Canvas& canvas, const Look& look, const std::string& title,
                    const std::string& subtitle, double top, double width) {
    if (!title.empty()) {
        top += canvas.text(title, {look.margin, top},
                           {.size = look.title, .color = look.ink, .bold = true, .width = width});
    }
    if (!subtitle.empty()) {
        top +=
            canvas.text(subtitle, {look.margin, top},
                        {.size = look.small, .color = look.quiet_ink, .width = width, .lines = 2});
    }
    return top;
}

Sample sample_of(Mark mark) {
    switch (mark) {
    case Mark::Line:
        return Sample::Line;
    case Mark::Points:
        return Sample::Dot;
    case Mark::LineAndPoints:
        break;
    }
    return Sample::LineAndDot;
}

std::vector<LegendEntry> legend_of(std::span<const ChartSeries> series) {
    std::vector<LegendEntry> entries;
    for (std::size_t i = 0; i < series.size(); ++i) {
        if (!series[i].label.empty()) {
            entries.push_back({series[i].label, series_color(i), sample_of(series[i].mark)});
        }
    }
    return entries;
}

double draw_legend(Canvas& canvas, const Look& look, std::span<const LegendEntry> entries,
                   double left, double top, double width) {
    const double sample = 40 * look.scale;
    double x = left;
    double height = 0;
    for (const LegendEntry& entry : entries) {
        const TextStyle style{
            .size = look.small, .color = look.ink, .width = width - sample - look.gap};
        const double needed = sample + look.gap + canvas.text_width(entry.label, style);
        if (x > left && x + needed > left + width) {
            x = left;
            top += height;
        }
        height = canvas.text(entry.label, {x + sample + look.gap / 2, top}, style);
        const double middle = top + height / 2;
        if (entry.sample == Sample::Line || entry.sample == Sample::LineAndDot) {
            canvas.line(std::array{Point{x, middle}, Point{x + sample, middle}}, entry.color,
                        3.5 * look.scale);
        }
        if (entry.sample == Sample::Ring) {
            canvas.ring({x + sample / 2, middle}, 7 * look.scale, entry.color, 3 * look.scale);
        } else if (entry.sample != Sample::Line) {
            canvas.dot({x + sample / 2, middle}, 7 * look.scale, entry.color);
        }
        x += needed + 1.5 * look.gap;
    }
    return top + height;
}

double draw_captions(Canvas& canvas, const Look& look, std::span<const std::string> captions,
                     double left, double top, double width) {
    for (const std::string& caption : captions) {
        top +=
            canvas.text(caption, {left, top},
                        {.size = look.small, .color = look.quiet_ink, .width = width, .lines = 6});
    }
    return top;
}

double captions_height(const Canvas& canvas, const Look& look,
                       std::span<const std::string> captions, double width) {
    double height = 0;
    for (const std::string& caption : captions) {
        height += canvas.text_height(caption, {.size = look.small, .width = width, .lines = 6});
    }
    return height;
}

double y_axis_width(const Canvas& canvas, const Look& look, const Axis& axis) {
    double widest = 0;
    for (const Tick& tick : axis.ticks) {
        widest = std::max(widest, canvas.text_width(tick.label, {.size = look.tick}));
    }
    const double label =
        axis.label.empty() ? 0 : canvas.text_height(axis.label, {.size = look.label});
    return widest + label + 1.5 * look.gap;
}

double x_axis_height(const Canvas& canvas, const Look& look, const Axis& axis) {
    const double label =
        axis.label.empty() ? 0 : canvas.text_height(axis.label, {.size = look.label});
    return canvas.text_height("0", {.size = look.tick}) + label + look.gap;
}

void draw_x_axis(Canvas& canvas, const Look& look, const Axis& axis, const Box& plot, Grid grid) {
    double last_end = -1e9;
    for (const Tick& tick : axis.ticks) {
        const double x = plot.left + axis.place(tick.value) * plot.width;
        if (grid == Grid::On) {
            canvas.line(std::array{Point{x, plot.top}, Point{x, plot.bottom()}}, look.grid,
                        1.5 * look.scale);
        }
        canvas.line(std::array{Point{x, plot.bottom()}, Point{x, plot.bottom() + look.gap / 2}},
                    look.axis, 2 * look.scale);
        const TextStyle style{.size = look.tick, .color = look.ink, .align = Align::Center};
        const double half = canvas.text_width(tick.label, style) / 2;
        if (x - half > last_end + look.gap / 2) { // labels may not touch
            canvas.text(tick.label, {x, plot.bottom() + look.gap / 2}, style);
            last_end = x + half;
        }
    }
    if (!axis.label.empty()) {
        const double below = canvas.text_height("0", {.size = look.tick});
        canvas.text(axis.label, {plot.left + plot.width / 2, plot.bottom() + look.gap / 2 + below},
                    {.size = look.label, .color = look.quiet_ink, .align = Align::Center});
    }
}

void draw_y_axis(Canvas& canvas, const Look& look, const Axis& axis, const Box& plot, Grid grid) {
    for (const Tick& tick : axis.ticks) {
        const double y = plot.bottom() - axis.place(tick.value) * plot.height;
        if (grid == Grid::On) {
            canvas.line(std::array{Point{plot.left, y}, Point{plot.right(), y}}, look.grid,
                        1.5 * look.scale);
        }
        canvas.line(std::array{Point{plot.left - look.gap / 2, y}, Point{plot.left, y}}, look.axis,
                    2 * look.scale);
        const TextStyle style{.size = look.tick, .color = look.ink, .align = Align::Right};
        canvas.text(tick.label,
                    {plot.left - look.gap * 0.75, y - canvas.text_height(tick.label, style) / 2},
                    style);
    }
    if (!axis.label.empty()) {
        const double x = plot.left - y_axis_width(canvas, look, axis);
        canvas.text(axis.label, {x, plot.top + plot.height / 2},
                    {.size = look.label,
                     .color = look.quiet_ink,
                     .align = Align::Center,
                     .turn = -std::numbers::pi / 2});
    }
}

void draw_series(Canvas& canvas, const Look& look, std::span<const ChartSeries> series,
                 const Axis& x, const Axis& y, const Box& plot) {
    const double reach = 10 * look.scale; // dots on the edge are drawn whole
    canvas.clip(
        {plot.left - reach, plot.top - reach, plot.width + 2 * reach, plot.height + 2 * reach});
    for (std::size_t index = 0; index < series.size(); ++index) {
        const ChartSeries& one = series[index];
        const Color color = series_color(index);
        draw_error_bars(canvas, look, one, x, y, plot, color.with_alpha(0.7));
        std::vector<Point> line;
        const auto end_line = [&] {
            if (one.mark != Mark::Points && line.size() > 1) {
                canvas.line(line, color, 3.5 * look.scale);
            }
            line.clear();
        };
        // Many dots are smaller and lighter, so that their density shows.
        const bool crowded = one.points.size() > 100;
        for (const ChartPoint& point : one.points) {
            const double across = x.place(point.x);
            const double up = y.place(point.y);
            if (!std::isfinite(across) || !std::isfinite(up)) {
                end_line();
                continue;
            }
            line.push_back(on_canvas(across, up, plot));
            if (one.mark != Mark::Line) {
                canvas.dot(line.back(), (crowded ? 4 : 7) * look.scale,
                           crowded ? color.with_alpha(0.5) : color);
            }
        }
        end_line();
    }
    canvas.unclip();
}

} // namespace spindle::image::detail
