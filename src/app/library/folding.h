// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace spindle::app {

/// Text as people compare it: without case, accents and compatibility forms ("Björk" = "BJORK"),
/// white space as single blanks (Unicode case folding, NFKD without marks). Text that is not UTF-8
/// comes back as it is.
std::string folded(std::string_view text);

} // namespace spindle::app
