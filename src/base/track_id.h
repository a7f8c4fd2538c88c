// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/id.h"

namespace spindle {

/// One track of the owner's library. Given by the store when the track is added and never reused;
/// the fingerprint index and the play log refer to tracks by it. 0 names no track.
using TrackId = Id<struct TrackTag, std::uint32_t>;

} // namespace spindle
