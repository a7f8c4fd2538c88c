// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"

namespace spindle::grade {

/// The fold of each observation: groups in the order of their first, dealt out in turn, so that no
/// group is in two. Errors: Code::BadInput where all are of one group.
Result<std::vector<std::size_t>> folds_of(std::span<const std::size_t> groups, std::size_t wanted);

} // namespace spindle::grade
