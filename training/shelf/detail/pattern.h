// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <opencv2/core.hpp>

#include "training/shelf/chance.h"
#include "training/shelf/colour.h"

namespace spindle::made_shelf {

/// Smooth noise from 0 to 1 (CV_32F): octaves of blurred noise, `cells_x` by `cells_y` blobs in the
/// coarsest.
cv::Mat clouds(Random& random, int width, int height, double cells_x, double cells_y, int octaves);

/// Something like a photo: a few colours blended by noise, with shapes. CV_8UC4, opaque.
cv::Mat photo_like(Random& random, int width, int height, Colour about, double strength);

/// Boards, paint, cloth or wallpaper: what is behind and below cases. CV_8UC4, opaque.
enum class Material { Wood, Paint, Cloth, Paper };
cv::Mat material(Random& random, Material which, int width, int height, Colour colour);

} // namespace spindle::made_shelf
