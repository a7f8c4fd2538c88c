// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "app/dig/disc.h"

namespace spindle::app {

/// How much a shelf may say about a disc on it.
struct ContextOptions {
    double certainty = 0.8; ///< from which a disc is known: as the scan's
    /// A neighbour counts when it is this certain: what is unsure must not make the next one sure.
    double sure_neighbour = 0.95;
    int reach = 3; ///< places on either side in which a sure neighbour is looked for
    /// Factors on a candidate's odds. Shelves are sorted by people: never more than evidence a
    /// single legible word gives.
    double most_raise = 10;
    double most_drop = 3;
};

/// Weighs candidates again by what stands beside them. How this shelf is kept is learnt from the
/// discs that are sure by themselves: in what share of neighbouring pairs both have the same label,
/// or artist, or are in the order of the alphabet. A shelf without order says nothing, and nothing
/// changes. Only among a disc's own candidates: what was not read stays so, and a disc that most
/// likely is none of the catalog's (DiscVerdict::Read) too. Candidate::alone keeps the probability
/// from the spine alone.
///
/// Measured (spindle-eval context; 19,072 real releases, 25 shelves of 40, 12 % of signs misread,
/// one number in ten legible), known and right / known and wrong of 1000, alone and with
/// neighbours: no order 783/2 and 784/2, by artist 805/2 and 835/3, by label 798/3 and 829/3.
/// @param discs in the order in which they stand.
void weigh_by_neighbours(std::span<Disc> discs, const ContextOptions& options = {});

} // namespace spindle::app
