// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/shelf/detail/painter.h"
#include "training/shelf/truth.h"

namespace spindle::made_shelf {

/// Tells what is in a painted scene: the place of each spine and word through the lens, what is
/// hidden, what can be read.
Truth witness(const Scene& scene, const Painted& painted);

} // namespace spindle::made_shelf
