// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/result.h"
#include "store/library_store.h"
#include "turntable/play.h"

namespace spindle::app {

/// The sides of the owner's records that a track is on: what a listener expects to hear after it.
/// A record whose sides are not known counts as one side a disc. Missing files count: the vinyl is
/// there. Errors are the store's; a few queries for each record.
Result<std::vector<turntable::Side>> sides_with(store::LibraryStore& store, TrackId track);

} // namespace spindle::app
