// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/detail/canvas.h"
#include "image/marking.h"

namespace spindle::image::detail {

inline Color color_of(const Colour& colour) {
    return {colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0};
}

/// Black or white, whichever is easier to read on it.
inline Color ink_on(const Color& ground) {
    const double luminance = 0.299 * ground.red + 0.587 * ground.green + 0.114 * ground.blue;
    return luminance > 0.52 ? Color{0.05, 0.05, 0.07} : Color{1, 1, 1};
}

} // namespace spindle::image::detail
