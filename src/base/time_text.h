// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace spindle {

/// Seconds since 1970 UTC as RFC 3339: "2026-11-21T15:20:00Z". What no calendar of four-digit years
/// has stays a number.
std::string time_text(std::int64_t seconds);

/// Milliseconds since 1970 UTC, to the tenth of a second: "2026-11-21T20:15:03.2Z".
std::string utc_text(std::int64_t milliseconds);

} // namespace spindle
