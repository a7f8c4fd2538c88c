// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "accuracy/decoys.h"
#include "base/result.h"

namespace spindle::accuracy {

/// Writes an index of `tracks` tracks to `folder`: the real ones (ids from 1, as many as fit), then
/// decoys. Segments are as large as IndexWriter makes them (256 million pairs) and already written
/// ones are kept, so that growing costs only what is new.
Result<void> grow_index(const std::filesystem::path& folder, const std::vector<LandmarkTrack>& real,
                        const Decoys& decoys, std::size_t tracks);

} // namespace spindle::accuracy
