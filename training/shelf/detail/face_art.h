// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include <opencv2/core.hpp>

#include "training/shelf/casing.h"

namespace spindle::made_shelf {

/// A face as pixels, and how much of its print is lost.
struct FaceArt {
    cv::Mat pixels;   ///< CV_8UC4, colours multiplied by alpha
    double glare = 0; ///< share of the printed area that streaks hide
};

/// The spine of a case (or its opening side) at so many pixels per millimetre in each direction.
FaceArt draw_spine(const Casing& casing, double across, double down);

enum class OtherFace : std::uint8_t { Side, End };
/// A large face or a small end of a case, seen at a slant; width by height in mm.
cv::Mat draw_other_face(const Casing& casing, OtherFace which, double width, double height,
                        double across, double down);

/// A front cover with a title, for what stands with its front to the camera.
cv::Mat draw_cover(const Casing& casing, const Fonts& fonts, double width, double height,
                   double across, double down);

} // namespace spindle::made_shelf
