// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

#include "base/result.h"

namespace spindle::store {

/// Looks whether the database file is one, and whether the parts of the named tables and their
/// indices hold together. Costs one pass over these tables.
/// @return why it is damaged; nothing if it is good, missing, or of another Spindle
Result<std::optional<std::string>> damage_of(const std::filesystem::path& database,
                                             std::span<const std::string_view> tables);

/// Renames a damaged database and its companions (-wal, -shm) to NAME.damaged-DATE, so that nothing
/// of it is lost; `now` names it. One process does it, others that come at the same time see it
/// done.
/// @return its new name; nothing if another process was faster, and it is good now
Result<std::optional<std::filesystem::path>> set_aside(const std::filesystem::path& database,
                                                       std::span<const std::string_view> tables,
                                                       std::int64_t now);

} // namespace spindle::store
