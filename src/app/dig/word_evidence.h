// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "app/dig/disc.h"
#include "catalog/release.h"

namespace spindle::app {

/// For a person who asks why: every word of the release's artist and title and each of its catalog
/// numbers, with what was read for it. The matcher weighs the same signs finer (chances of reading
/// errors, how rare a word is); this only shows them. Pure; some 0.1 ms.
std::vector<WordEvidence> evidence_of(const shelf::SpineReading& reading,
                                      const catalog::Release& release);

} // namespace spindle::app
