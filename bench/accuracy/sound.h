// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "fingerprint/landmark.h"
#include "fingerprint/options.h"

namespace spindle::accuracy {

/// A stretch of a file as the engine hears it: mono at kLandmarkRate, read by the library's own
/// decoder. @param length 0 for all. Errors name the file.
Result<std::vector<float>> read_sound(const std::filesystem::path& file, Seconds start = Seconds(0),
                                      Seconds length = Seconds(0));

std::vector<fingerprint::Landmark> landmarks_of(std::span<const float> sound,
                                                fingerprint::Density density);

} // namespace spindle::accuracy
