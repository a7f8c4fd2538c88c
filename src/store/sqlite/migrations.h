// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace spindle::store {

/// One step of the schema. Number n (counted from 1) leads from PRAGMA user_version n-1 to n.
/// A released migration never changes; the next change is a new file.
struct Migration {
    std::string_view name; ///< "0001_library.sql"
    std::string_view sql;
};

/// All of them, in order.
std::span<const Migration> migrations();

} // namespace spindle::store
