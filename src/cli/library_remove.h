// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/library/remove.h"
#include "cli/command.h"

namespace spindle::cli {

Result<Exit> library_remove(const app::RemoveOptions& options, const Context& context);
extern const Command kLibraryRemoveCommand;

} // namespace spindle::cli
