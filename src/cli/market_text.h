// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "app/market/price.h"
#include "market/market_figures.h"

namespace spindle::cli {

/// "4.22 EUR"; yen without decimals.
std::string money_text(double amount, const std::string& currency);
/// "Ann - Title 5  CD, Album, Reissue  Germany 1985  [5]", as far as it is known.
std::string release_line(const market::ReleaseDescription& release);

std::string priced_text(const app::PricedRelease& release, const std::string& currency,
                        std::int64_t now);

} // namespace spindle::cli
