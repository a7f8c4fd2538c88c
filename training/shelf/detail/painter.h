// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include <opencv2/core.hpp>

#include "training/shelf/scene.h"

namespace spindle::made_shelf {

/// A scene as an ideal camera would see it, and which spine is where.
struct Painted {
    cv::Mat picture; ///< CV_8UC3, sRGB, blue first
    cv::Mat owners;  ///< CV_16U: 1 + the number of the item whose spine (or back) it is, else 0
    cv::Mat light;   ///< CV_32F, a sixteenth of the size: how bright each place is lit
    std::vector<double> glare; ///< of each item
};

/// Paints from far to near. Textures are drawn at about the size they are needed in.
Painted paint(const Scene& scene, const Fonts& fonts, std::uint64_t seed);

} // namespace spindle::made_shelf
