// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "simulator/surface.h"

namespace spindle::material {

/// The recorded surface noise of a corpus: every audio file in `folder` (which may be missing: then
/// none), as mono, named by its file name without extension, in the order of names.
Result<std::vector<simulator::RealBed>> read_beds(const std::filesystem::path& folder);

/// The files of a folder, sorted, hidden ones left out; none if there is no such folder.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder);

} // namespace spindle::material
