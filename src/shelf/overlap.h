// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "shelf/spine.h"

namespace spindle::shelf {

/// One of every two spines that cover one another by more than `most_overlap` of the smaller: the
/// surer one, where a long one counts as surer than its half. Surest first. O(n^2).
std::vector<Spine> without_overlaps(std::vector<Spine> spines, double most_overlap);

} // namespace spindle::shelf
