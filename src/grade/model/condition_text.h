// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "base/goldmine.h"

namespace spindle::grade {

/// The grade a seller's own words for a record's condition mean: "VG++", "EX-", "NM/M-",
/// "VG to VG+, light marks", "Near Mint (NM or M-)", "media: VG+ sleeve: G". Of two grades
/// ("VG/VG+", "VG to VG+") the worse, since that is what a buyer must expect. The vinyl comes
/// before the sleeve in words that name both; what is called sleeve or cover is left out.
///
/// In-between grades fall to the side Goldmine's wording puts them: VG++, E and EX (UK scale) and
/// their minus are Very Good Plus, VG- is Good Plus, M- is Near Mint, G- is Good, "S" or "sealed"
/// is Mint.
/// @return nothing where no grade is named.
std::optional<Grade> grade_in_words(std::string_view words);

} // namespace spindle::grade
