// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "fingerprint/landmark.h"
#include "fingerprint/options.h"

namespace spindle::app {

/// All landmarks of a sound, and as much of it as fits a picture.
struct ListedLandmarks {
    std::vector<fingerprint::Landmark> landmarks;
    Seconds duration{0};
    std::vector<float> samples; ///< the beginning, mono at fingerprint::kLandmarkRate
    Seconds shown{0};           ///< length of `samples`: at most a minute
};

/// @param file any audio file, or "-". Errors as audio::Decoder's; Code::Cancelled.
Result<ListedLandmarks> landmarks_of(const std::filesystem::path& file,
                                     fingerprint::Density density, const ProgressSink& progress,
                                     const std::stop_token& stop);

double frequency_of(const fingerprint::Landmark& landmark);

} // namespace spindle::app
