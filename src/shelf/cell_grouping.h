// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "shelf/spine_maps.h"
#include "shelf/spine_tracing.h"

namespace spindle::shelf {

/// What one cell of the maps says of the spine it is on. Pixels of the network's input.
struct SpineCell {
    double x = 0; ///< the cell's centre
    double y = 0;
    double along_x = 1; ///< unit vector along the spine
    double along_y = 0;
    double left = 0; ///< distances, as in SpineMap
    double right = 0;
    double behind = 0;
    double ahead = 0;
    double core = 0; ///< probabilities
    double spine = 0;
    double printed = 0;

    double thickness() const { return left + right; }
};

/// The cells of each spine. Two cells near each other are of one spine when they see the same
/// direction and thickness and their middle lines coincide.
std::vector<std::vector<SpineCell>> group_cells(const SpineMaps& maps,
                                                const TracingOptions& options);

} // namespace spindle::shelf
