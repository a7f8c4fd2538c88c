// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "market/quote.h"
#include "market/saved_page.h"

namespace spindle::market {

/// A page's figures as quotes of Source::SavedPage, each that the page tells. Release 0 when the
/// page does not say which it is of: such quotes can be used, and not kept.
/// @param now when it was read; seconds since 1970-01-01 UTC
std::vector<Quote> quotes_of(const PageStatistics& page, std::int64_t now);

} // namespace spindle::market
