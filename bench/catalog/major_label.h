// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "catalog/number_family.h"

namespace spindle::bench {

/// A label with a hundred thousand releases. Named by the generator like the others.
struct MajorLabel {
    NumberFamily family;
    std::uint32_t share; ///< of releases, in 10,000
    std::uint8_t country;
};

/// kMajorLabels of them.
std::span<const MajorLabel> major_labels();

} // namespace spindle::bench
