// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

namespace spindle::catalog {

/// The parts of `text` between separators, without blanks around each; one part, maybe empty, if
/// there is no separator in it.
std::vector<std::string_view> split(std::string_view text, std::string_view separator);

} // namespace spindle::catalog
