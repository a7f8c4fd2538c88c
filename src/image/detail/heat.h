// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "image/spectrogram_plot.h"

namespace spindle::image::detail {

/// From white (0) through blue to near black (1), lightness falling evenly: 0x00RRGGBB.
std::uint32_t heat_color(double level);

/// Which levels are white and darkest when the caller has no wish.
struct LevelRange {
    double floor_db = 0;
    double ceiling_db = 1;
};
LevelRange choose_levels(const LevelMatrix& sound);

/// Draws the matrix as width x height pixels, top row highest; where several values fall on a pixel
/// the loudest shows, so that thin lines do not vanish.
std::vector<std::uint32_t> draw_heat(const LevelMatrix& sound, const LevelRange& range, int width,
                                     int height);

} // namespace spindle::image::detail
