// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "image/line_chart.h"

namespace spindle::image {

/// Sound levels over time and pitch. Rows are spaced evenly on a logarithmic scale from lowest_hz
/// (the lower edge of row 0) to highest_hz (the upper edge of the last); columns evenly over time.
struct LevelMatrix {
    int rows = 0;              ///< 1 to 4096
    int columns = 0;           ///< 1 to 1,000,000; rows times columns at most 64 million
    std::vector<float> levels; ///< dB; levels[column * rows + row]; not finite means silence
    Seconds begin{0};
    Seconds end{0};
    double lowest_hz = 0;
    double highest_hz = 0;
};

enum class LandmarkKind {
    Plain,   ///< nothing is known about it
    Matched, ///< found in the reference too
    Missed,  ///< not found there
};

struct LandmarkPoint {
    Seconds time{0};
    double hz = 0;
    LandmarkKind kind = LandmarkKind::Plain;
};

/// A spectrogram with landmarks on it and, below, an optional chart over the same time axis (for
/// example where in the reference each moment was found).
struct SpectrogramPlot {
    std::string title; ///< UTF-8, any script; one line, shortened to fit
    std::string subtitle;
    LevelMatrix sound;
    std::vector<LandmarkPoint> landmarks; ///< those outside the axes are left out
    /// Shown where given: the level that is drawn white and the one drawn darkest. Otherwise chosen
    /// so that noise is pale and the loudest hundredth is dark.
    std::optional<double> floor_db{};
    std::optional<double> ceiling_db{};
    std::optional<ChartAxis> lower_axis{}; ///< its y axis; no lower chart without it
    std::vector<ChartSeries> lower_series; ///< x in seconds
    std::vector<std::string> captions;     ///< sentences below, wrapped
    int width = 1080;                      ///< pixels, 320 to 8000
    int height = 900;                      ///< without lower chart and captions, which add to it
};

/// The picture as a PNG file's bytes. Errors: Code::BadInput for sizes or ranges out of bounds.
/// Some 100 ms.
Result<std::string> render_png(const SpectrogramPlot& plot);

/// Writes it atomically.
Result<void> write_png(const SpectrogramPlot& plot, const std::filesystem::path& path);

} // namespace spindle::image
