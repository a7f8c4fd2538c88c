// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "catalog/dump/quirks.h"

namespace spindle::catalog {

/// Decimal digits and nothing else, within 32 bits.
std::optional<std::uint32_t> whole_number(std::string_view text);

/// The year of a release date: "1999", "1999-03-00"; of anything else ("?", "03/12/1999",
/// counted as OddDate) its first four digits in a row. 0 if they are no year from 1860 to 2100.
std::uint16_t year_of(std::string_view released, Quirks& quirks);

/// Seconds of "3:20", "1:02:03" or "3.20"; 0 if `duration` is empty, or is none of these (counted
/// as OddDuration).
std::uint32_t seconds_of(std::string_view duration, Quirks& quirks);

/// Pieces of a format: 1 to kMostQuantity, whatever `text` says (other than that: OddQuantity).
/// Empty is 1.
std::uint32_t quantity_of(std::string_view text, Quirks& quirks);

/// "none" in any case, which is what Discogs writes for a release without a catalog number.
bool is_none(std::string_view catalog_number);

} // namespace spindle::catalog
