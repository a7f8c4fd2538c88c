// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/release_id.h"
#include "catalog/dump/quirks.h"

namespace spindle::catalog {

/// Of a master (the releases that are versions of one work), what the catalog keeps.
struct Master {
    MasterId id;
    ReleaseId main;         ///< the release that stands for all; 0 = the record names none
    std::uint16_t year = 0; ///< of the first release; 0 = not known
    friend bool operator==(const Master&, const Master&) = default;
};

/// @param record `<master id=...>...</master>`, as RecordSplitter("master") gives it.
/// @return nothing if it is not well-formed XML or has no id; counted in `quirks`.
std::optional<Master> read_master(std::string_view record, Quirks& quirks);

} // namespace spindle::catalog
