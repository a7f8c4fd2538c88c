// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace spindle::text {

/// The known word nearest to a mistyped one (Damerau-Levenshtein, optimal string alignment), or
/// empty when none is near: more than a third of the letters wrong is a different word, not a slip.
std::string nearest_word(std::string_view word, std::span<const std::string> known);

} // namespace spindle::text
