// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "shelf/spine.h"
#include "shelf/spine_maps.h"

namespace spindle::shelf {

/// How maps become spines. Angles in degrees.
struct TracingOptions {
    double least_core = 0.5;   ///< cells from here on take part
    double most_turn = 14;     ///< between cells of one spine: what the network errs by
    double most_offset = 0.28; ///< between the middle lines of two cells of one spine, as a share
                               ///< of the thickness; neighbours are a whole one apart
    double most_growth = 1.6;  ///< between the thickness two cells of one spine see
    double least_confidence = 0.7; ///< of a spine kept: on made-up shelves with fonts never seen,
                                   ///< 0.35 finds 0.6 % more and is wrong 1.6 times as often
    double least_aspect = 2.2;     ///< length over thickness; a box set of 60 mm has 2.1
    double least_thickness = 4;    ///< pixels of the network's input: a cell
    double most_overlap = 0.35;    ///< of two spines, as a share of the smaller; then one goes
};

/// Spines out of the detector's maps. Cells join where they agree on where their spine's middle
/// line runs (not merely where they touch); each spine's four sides are then straight lines fitted
/// to what its cells say of them, with outliers losing their weight (Tukey's biweight); pieces of a
/// spine that glare cut in two are joined; of spines that cover one another the surer stays.
///
/// Quads are in pixels of the network's input, in the direction in which most of the words on them
/// are read, else to the right or downwards. Confidence is how sure the maps are along the whole
/// spine. Best first. Pure; O(cells).
std::vector<Spine> trace_spines(const SpineMaps& maps, const TracingOptions& options = {});

} // namespace spindle::shelf
