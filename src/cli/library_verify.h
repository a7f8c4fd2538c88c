// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.h"

namespace spindle::cli {

struct LibraryVerifyOptions {
    bool deep = false;
};
Result<Exit> library_verify(const LibraryVerifyOptions& options, const Context& context);
extern const Command kLibraryVerifyCommand;

} // namespace spindle::cli
