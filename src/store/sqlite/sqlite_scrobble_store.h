// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "store/library_store.h"
#include "store/scrobble_store.h"

namespace spindle::store {

/// The listens on their way, in the library's file: `data_folder`/library.db. Access::Read of a
/// folder without one is Code::NotFound and says how to begin. With Access::Write a damaged file is
/// kept aside under another name, and a new one begun: ScrobbleStore::set_aside().
Result<std::unique_ptr<ScrobbleStore>>
open_sqlite_scrobbles(const std::filesystem::path& data_folder, Access access);

} // namespace spindle::store
