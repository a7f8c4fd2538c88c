// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "grade/surface/surface_track.h"

namespace spindle::grade {

/// Cells in a row that sound like steady noise, of one level.
struct EvenRun {
    std::size_t from = 0, to = 0; ///< cells, one behind the last
    double level_db = 0;          ///< median A-weighted level
    double unevenness = 0;        ///< median

    std::size_t size() const { return to - from; }
};

/// Cells that are digital silence, or dither: nothing a needle gives.
bool is_nothing(const Cell& cell);

/// All such runs of at least `shortest` cells, in order. Noise-like means that no partials stick
/// out of the spectrum; up to two cells in a row may disagree (a thump, a loud click). A lasting
/// step of the level, as where the needle lands, ends one run and begins another.
std::vector<EvenRun> even_runs(std::span<const Cell> cells, std::size_t shortest);

} // namespace spindle::grade
