// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "market/saved_page.h"

// What a release page says of the market, in words.
namespace spindle::cli {

/// @param source the file or address it was read from
std::string page_text(const std::string& source, const market::PageStatistics& page);

} // namespace spindle::cli
