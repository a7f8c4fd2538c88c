// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.h"

namespace spindle::cli {

struct LibrarySideOptions {
    std::string record;
    std::vector<std::string> rules;
    bool clear = false;
};
Result<Exit> library_side(const LibrarySideOptions& options, const Context& context);
extern const Command kLibrarySideCommand;

} // namespace spindle::cli
