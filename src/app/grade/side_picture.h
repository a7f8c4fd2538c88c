// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "app/grade/grade_recording.h"
#include "base/result.h"
#include "image/side_plot.h"

namespace spindle::app {

/// A graded side as a picture: its sound over time with every defect, the grade and why.
image::SidePlot picture_of(const GradedRecording& graded);

/// May a picture be written under this name? .png and .svg.
bool is_side_picture(const std::filesystem::path& path);
Result<void> write_side_picture(const GradedRecording& graded, const std::filesystem::path& path);

} // namespace spindle::app
