// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/library/add.h"
#include "cli/command.h"

namespace spindle::cli {

struct LibraryAddOptions {
    app::AddOptions add;
    bool retry = false;
    int jobs = 0; ///< 0 = one per core
};
Result<Exit> library_add(const LibraryAddOptions& options, const Context& context);
extern const Command kLibraryAddCommand;

/// Tells what an add did: the summary, and everything by name that a person should know.
/// @return Incomplete if any item failed or it was cut short.
Exit show(const app::AddReport& report, const Context& context);

} // namespace spindle::cli
