// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "shelf/spine.h"

namespace spindle::app {

/// When two photos count as showing the same discs.
struct OverlapOptions {
    /// Spines that say the same and lie as one view of a shelf lies over another. Two shops may
    /// have the same two records side by side; three in the same places is one rack.
    std::size_t least_agreeing = 3;
    /// Letters two spines must have in common to be taken for one disc, and what share of the
    /// fainter one's: a name on every third spine of a rack weighs next to nothing.
    double least_letters = 5;
    double least_share = 0.5;
    /// A photo with fewer spines than `least_agreeing` (a close-up) must agree in all of them, each
    /// with so many letters.
    double least_letters_alone = 10;
};

/// A spine of the first photo and the same disc's in the second.
struct SamePair {
    std::size_t first = 0;
    std::size_t second = 0;
    double certainty = 0; ///< for comparing: letters that agree, more for overlap alone
};

/// Which spines of two photos are the same discs; none if the photos show different shelves.
///
/// Spines that say the same vote for a way in which one photo may lie over the other (a random
/// sample consensus as of Fischler and Bolles 1981, with every pair of spines as a sample); the
/// winning map is fitted to all that agree, and then also joins spines that could not be read. Each
/// spine is in at most one pair, so two copies of a disc stay two. A photo that repeats the same
/// few words on every spine gives no pairs. Pure; some 20 ms for 100 spines each.
std::vector<SamePair> same_discs(std::span<const shelf::ReadSpine> first,
                                 std::span<const shelf::ReadSpine> second,
                                 const OverlapOptions& options = {});

} // namespace spindle::app
