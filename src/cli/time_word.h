// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace spindle::cli {

/// A moment as people write it, in seconds since 1970-01-01 UTC: "2026-11-21 15:20", with seconds
/// if wanted, in this machine's time zone; "2026-11-21T15:20:00Z" in UTC; "now"; "1795262400".
/// Code::BadInput for anything else.
Result<std::int64_t> time_of_word(std::string_view word);

} // namespace spindle::cli
