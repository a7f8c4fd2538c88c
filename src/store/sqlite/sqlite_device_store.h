// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "store/device_store.h"
#include "store/library_store.h"

namespace spindle::store {

/// The paired devices in SQLite, in the library's file: `data_folder`/library.db.
/// Access::Read of a folder without one is Code::NotFound and says how to begin.
Result<std::unique_ptr<DeviceStore>> open_sqlite_devices(const std::filesystem::path& data_folder,
                                                         Access access);

} // namespace spindle::store
