// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "catalog/release.h"

namespace spindle::catalog {

/// Reads the short form in which Discogs' exports and people write formats, items joined by " + ":
/// `2xVinyl, 12", 33 ⅓ RPM`, `CD, Album, RE, RM, Dig`, `LP, Album + 7", S/Sided`.
///
/// What says which carrier it is without naming it does both (`LP` is Vinyl with the description
/// LP). Abbreviations become the words of the dump (RE: Reissue); words that are no description
/// Discogs knows are free text. Quantities are clamped to 1 ... kMostQuantity. At most 100 items.
/// @param line as clean_text() gives it.
std::vector<FormatItem> read_format_line(std::string_view line);

} // namespace spindle::catalog
