// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>

#include "base/result.h"
#include "base/units.h"

namespace spindle::accuracy {

/// How much sound is compared, and how far the two may lie apart.
inline constexpr Seconds kCompared{4};
inline constexpr Seconds kMostLag{0.05};
/// From here on two places are the same music: copies of one recording stand above 0.9 even through
/// different codecs, different takes of one tune below 0.3.
inline constexpr double kSameMusic = 0.6;

/// Highest normalised cross-correlation of `first` with `second` over all lags within +-`most_lag`
/// samples, 0..1. Sound in which less than half overlaps gives 0.
double similarity(std::span<const float> first, std::span<const float> second, int most_lag);

/// A place in a file.
struct Spot {
    std::filesystem::path file;
    Seconds at{0};
};

/// Similarity of the 8 kHz sound at two places; for answers that name another place than the clip
/// was cut from. Decodes up to both places: tenths of a second.
Result<double> similarity(const Spot& first, const Spot& second);

} // namespace spindle::accuracy
