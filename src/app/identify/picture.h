// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "app/identify/identify.h"
#include "base/result.h"
#include "image/spectrogram_plot.h"

namespace spindle::app {

/// The clip's spectrogram with its landmarks (those the track has too marked), and below it where
/// in the track each of them was found: a straight line is a match, its slope the speed.
Result<image::SpectrogramPlot> picture_of(const Identification& found, const std::string& clip);

/// A spectrogram of mono samples at fingerprint::kLandmarkRate with landmarks on it.
Result<image::SpectrogramPlot> picture_of(std::span<const float> samples,
                                          std::span<const fingerprint::Landmark> landmarks,
                                          const std::string& title);

} // namespace spindle::app
