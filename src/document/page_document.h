// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "document/json.h"
#include "market/saved_page.h"

namespace spindle::document {

/// What a release page says of the market.
/// @param source the file or address it was read from
Json page_json(const std::string& source, const market::PageStatistics& page);

} // namespace spindle::document
