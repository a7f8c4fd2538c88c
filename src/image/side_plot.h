// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace spindle::image {

/// A place that is marked under a sound.
struct SideMark {
    Seconds at{0};
    double level_db = 0; ///< against the programme; drawn from -50 to +10
    enum class Kind { Click, Crackle, Thump, Jump, Dropout } kind = Kind::Click;
};

/// A stretch that has a name.
struct SideStretch {
    Seconds from{0}, to{0};
    std::string label; ///< drawn where there is room
    bool silent_groove = false;
};

/// One bar of a row of chances.
struct ChanceBar {
    std::string label;
    double share = 0; ///< 0 to 1
    bool chosen = false;
};

/// A graded side of a record: its sound over time, its defects below by their level, the grade and
/// how sure it is beside it, and why in words. Legible on a phone.
struct SidePlot {
    std::string title; ///< UTF-8; one line, shortened to fit
    std::string subtitle;
    std::string grade;              ///< "VG+", drawn large; empty: not graded
    std::vector<ChanceBar> chances; ///< best grade first
    Seconds length{0};              ///< of the recording, above 0
    std::vector<float> levels;      ///< RMS, full scale 1, evenly over the length
    double programme = 1;           ///< what 0 dB is, full scale 1
    std::vector<SideStretch> stretches;
    std::vector<SideMark> marks;
    std::vector<std::string> captions; ///< reasons and remarks, wrapped
    int width = 1080;                  ///< pixels, 480 to 8000
};

/// The picture as a file's bytes. Errors: Code::BadInput for sizes out of range or more than a
/// million marks. Some 50 ms.
Result<std::string> render_png(const SidePlot& plot);
Result<std::string> render_svg(const SidePlot& plot);

/// Writes it as the name says, ".png" or ".svg", atomically.
Result<void> write_plot(const SidePlot& plot, const std::filesystem::path& path);

} // namespace spindle::image
