// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "shelf/spine.h"

namespace spindle::shelf {

/// Spines in the order in which one would count them: a row of upright ones from left to right, a
/// stack from the top down; rows and stacks from the top left. O(n^2).
std::vector<Spine> in_counting_order(const std::vector<Spine>& spines);

} // namespace spindle::shelf
