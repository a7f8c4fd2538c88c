// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/backends.h"
#include "app/library/query.h"

namespace spindle::app {

/// "B5": side B begins with the fifth track of the record, counted through from 1.
struct SideRule {
    char side = 'B';
    std::size_t track = 1;
};

/// Reads "B5", "b5" or "C=9". BadInput for anything else.
Result<SideRule> parse_side(std::string_view word);

/// Sets where the sides of a record begin; those not named keep their place. Side A begins with the
/// first track unless told otherwise. An empty list of rules changes nothing and only looks.
/// @param clear forgets earlier sides first.
/// @return the record as it is afterwards. BadInput when sides would not follow one another, or a
///         track does not exist.
enum class Earlier { Keep, Clear };
Result<RecordView> set_sides(store::LibraryStore& store, const std::string& record,
                             const std::vector<SideRule>& rules, Earlier earlier);

} // namespace spindle::app
