// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.h"

namespace spindle::cli {

struct LibraryShowOptions {
    std::vector<std::string> names;
};
Result<Exit> library_show(const LibraryShowOptions& options, const Context& context);
extern const Command kLibraryShowCommand;

} // namespace spindle::cli
