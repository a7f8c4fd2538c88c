// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/collection.h"

namespace spindle::app {

/// What one source knows of a copy, with the gaps filled from what another knows. What identifies
/// it (id, release, instance, attempted) stays.
store::Copy with_gaps_filled(store::Copy copy, const store::Copy& from);

} // namespace spindle::app
