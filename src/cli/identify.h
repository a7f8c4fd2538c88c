// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.h"

namespace spindle::cli {

struct IdentifyOptions {
    std::vector<std::string> clips;
    int top = 3;
    std::string plot; ///< PNG to write; one clip only
};
Result<Exit> identify(const IdentifyOptions& options, const Context& context);
extern const Command kIdentifyCommand;

} // namespace spindle::cli
