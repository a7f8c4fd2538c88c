// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include <opencv2/core.hpp>

#include "training/shelf/detail/painter.h"

namespace spindle::made_shelf {

/// What a phone makes of light: lens, exposure, white balance, blur, noise, its tone curve and
/// sharpening. `picture` is CV_8UC3; the result as well.
cv::Mat photograph(const Painted& painted, const View& view, std::uint64_t seed);

/// As a JPEG file of a quality drawn from 50 to 95.
std::vector<std::uint8_t> as_jpeg(const cv::Mat& photo, std::uint64_t seed);

} // namespace spindle::made_shelf
