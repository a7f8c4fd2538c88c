// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.h"

namespace spindle::cli {

extern const Command kCollectionAddCommand;
extern const Command kWantsAddCommand;
extern const Command kWantsRemoveCommand;

} // namespace spindle::cli
