// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"

namespace spindle::cli {

struct MarketPriceOptions {
    std::vector<std::string> ids;
    std::string currency; ///< empty: as set
    bool queued = false;
    bool suggestions = false;
    bool versions = false;
    double stall_timeout = 30; ///< seconds
};
Result<Exit> market_price(const MarketPriceOptions& options, const Context& context);
extern const Command kMarketPriceCommand;

} // namespace spindle::cli
