// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/command.h"

namespace spindle::cli {

struct MarketHistoryOptions {
    std::string id;
    std::string plot;     ///< file; empty: none
    std::string currency; ///< empty: that of the newest price
};
Result<Exit> market_history(const MarketHistoryOptions& options, const Context& context);
extern const Command kMarketHistoryCommand;

} // namespace spindle::cli
