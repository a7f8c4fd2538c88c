// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/id.h"

namespace spindle {

/// One record (album) of the owner's library. Given by the store, never reused. 0 names no record.
using RecordId = Id<struct RecordTag, std::uint32_t>;

} // namespace spindle
