// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.h"

namespace spindle::cli {

struct LibraryListOptions {
    bool records = false;
};
Result<Exit> library_list(const LibraryListOptions& options, const Context& context);
extern const Command kLibraryListCommand;

} // namespace spindle::cli
