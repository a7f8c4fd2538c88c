// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/id.h"

namespace spindle {

/// One release (pressing) of the catalog: Discogs' release number, or for what Discogs lacks a
/// number of our own from `kFirstOwnRelease` up. 0 names no release.
using ReleaseId = Id<struct ReleaseTag, std::uint32_t>;
/// What Discogs calls a master: the releases that are versions of one work. 0 names no master.
using MasterId = Id<struct MasterTag, std::uint32_t>;

/// Releases that did not come from Discogs have numbers from here (Discogs was at 36 million in
/// 2026).
inline constexpr std::uint32_t kFirstOwnRelease = 0x80000000;

} // namespace spindle
