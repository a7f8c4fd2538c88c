// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace spindle::catalog {

/// The name of the first element of XML of which `head` is the beginning; what may stand before it
/// (byte order mark, declaration, comments, white space) is stepped over. Empty if `head` does not
/// reach to the end of that name, or is no XML.
std::string root_tag(std::string_view head);

} // namespace spindle::catalog
