// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace spindle::image {

/// One value of a series; `low` and `high` are the ends of its error bar, NaN for none.
struct ChartPoint {
    double x = 0;
    double y = 0;
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = std::numeric_limits<double>::quiet_NaN();
};

enum class Mark { Line, Points, LineAndPoints };

/// What is drawn in one colour. Points that are not finite (or not positive on a logarithmic axis)
/// are left out and interrupt the line.
struct ChartSeries {
    std::string label; ///< in the legend; empty for none
    std::vector<ChartPoint> points;
    Mark mark = Mark::LineAndPoints;
};

enum class Scale { Linear, Logarithmic };

struct ChartAxis {
    std::string label; ///< with its unit: "query time, ms"
    Scale scale = Scale::Linear;
    std::optional<double>
        lowest{}; ///< where the axis begins; chosen from the values when not given
    std::optional<double> highest{};
};

/// A chart of several series over common axes, dark on light, its text legible on a phone when the
/// picture is as wide as the screen. Texts are UTF-8 in any script the machine has fonts for.
struct LineChart {
    std::string title;
    std::string subtitle; ///< the conditions: machine, data, date
    ChartAxis x;
    ChartAxis y;
    std::vector<ChartSeries> series;
    std::vector<std::string> captions; ///< sentences below, wrapped
    int width = 1080;                  ///< pixels (PNG) or points (SVG), 320 to 8000
    int height = 760;                  ///< 240 to 8000
};

/// The picture as a file's bytes. Errors: Code::BadInput for sizes out of range or more than a
/// million points. 20 to 50 ms.
Result<std::string> render_png(const LineChart& chart);
Result<std::string> render_svg(const LineChart& chart);

/// Writes it as the name says, ".png" or ".svg", atomically.
Result<void> write_chart(const LineChart& chart, const std::filesystem::path& path);

} // namespace spindle::image
