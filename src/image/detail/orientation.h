// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include "image/picture.h"

namespace spindle::image::detail {

/// EXIF's Orientation (tag 0x0112, 1 to 8), found in a block of EXIF: a TIFF header with or without
/// "Exif\0\0" before it. 1, upright, when there is none or the block is broken.
int exif_orientation(std::span<const std::byte> exif);

/// The picture as it is meant to be seen.
Picture upright(Picture picture, int orientation);

} // namespace spindle::image::detail
