// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "image/line_chart.h"
#include "market/market_figures.h"
#include "market/quote.h"

namespace spindle::app {

/// The prices of a release over time, one line for each kind of figure in one currency: the lowest
/// asked for, suggestions for Near Mint and Very Good Plus, past sales. Figures in other currencies
/// and what is no money are left out.
/// @param quotes oldest first; @param now the right end of the time axis, seconds since 1970 UTC
image::LineChart history_chart(const market::ReleaseDescription& release,
                               std::span<const market::Quote> quotes, const std::string& currency,
                               std::int64_t now);

} // namespace spindle::app
