// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.h"

namespace spindle::cli {

extern const Command kCollectionImportCommand;
extern const Command kCollectionExportCommand;
extern const Command kWantsImportCommand;
extern const Command kWantsExportCommand;

} // namespace spindle::cli
