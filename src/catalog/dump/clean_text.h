// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "catalog/dump/quirks.h"

namespace spindle::catalog {

/// Longer texts are cut, at a character. The longest titles are poems of a few hundred bytes.
inline constexpr std::size_t kLongestText = 4UL << 10;

/// How the characters of a text are written.
enum class Written {
    Plainly,        ///< as they are: CDATA, CSV
    WithReferences, ///< XML: "&amp;" and "&#228;" stand for a character
};

/// Text as the catalog keeps it: well-formed UTF-8, at most kLongestText, without control
/// characters (C0, DEL, C1, U+FFFE, U+FFFF; however they were written) and without blanks at both
/// ends. Line ends and tabs become single blanks, which is not counted. References that mean
/// nothing stay as they are.
std::string clean_text(std::string_view raw, Written written, Quirks& quirks);

} // namespace spindle::catalog
