// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "shelf/spine.h"

namespace spindle::shelf {

/// A spine that competes for its place.
struct Rival {
    Spine spine;
    double weight = 0; ///< the heavier of two stays
};

/// How much a spine weighs where nothing else is known: its confidence, and a long one more than
/// its half.
double weight_of(const Spine& spine);

/// The heavier one of every two spines that cover one another by more than `most_overlap` of the
/// smaller. Surest first. O(n^2).
std::vector<Spine> without_overlaps(std::vector<Rival> rivals, double most_overlap);

} // namespace spindle::shelf
