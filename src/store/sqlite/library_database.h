// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "store/sqlite/database.h"

namespace spindle::store {

/// Opens `data_folder`/library.db with the newest schema; Access::Write creates folder and file.
/// A library of an older Spindle is brought up to date first, whatever the access, in one
/// transaction. Code::NoAccess when that needs a library that may be written, Code::Busy when
/// somebody else writes it for more than 5 s.
/// @param beginning what a NotFound says to one who has none: "no library yet; begin with: ..."
Result<std::unique_ptr<Database>> open_library_database(const std::filesystem::path& data_folder,
                                                        Access access, std::string_view beginning);

} // namespace spindle::store
