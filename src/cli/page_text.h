// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/json.h"
#include "market/saved_page.h"

// What a release page says of the market, in words and in JSON.
namespace spindle::cli {

/// @param source the file or address it was read from
Json page_json(const std::string& source, const market::PageStatistics& page);
std::string page_text(const std::string& source, const market::PageStatistics& page);

} // namespace spindle::cli
