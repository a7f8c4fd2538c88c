// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/library/watch.h"
#include "cli/command.h"

namespace spindle::cli {

struct LibraryWatchOptions {
    std::vector<std::string> folders;
    bool once = false;
};
Result<Exit> library_watch(const LibraryWatchOptions& options, const Context& context);
extern const Command kLibraryWatchCommand;

} // namespace spindle::cli
