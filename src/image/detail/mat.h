// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include <opencv2/core.hpp>

#include "image/picture.h"

/// Pictures as OpenCV sees them, without copies.
namespace spindle::image::detail {

inline int type_of(Channels channels) {
    return channels == Channels::Rgb ? CV_8UC3 : CV_8UC1;
}

/// The picture's own pixels, to be read only; it must outlive the view.
inline cv::Mat view(const Picture& picture) {
    return {picture.height, picture.width, type_of(picture.channels),
            const_cast<std::uint8_t*>(picture.pixels.data())};
}

/// A black picture; its pixels are written through the view below.
inline Picture blank(int width, int height, Channels channels) {
    Picture picture{width, height, channels, {}};
    picture.pixels.resize(picture.stride() * static_cast<std::size_t>(height));
    return picture;
}
inline cv::Mat writable(Picture& picture) {
    return {picture.height, picture.width, type_of(picture.channels), picture.pixels.data()};
}

} // namespace spindle::image::detail
