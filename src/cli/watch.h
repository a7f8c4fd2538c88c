// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.h"

namespace spindle::cli {

extern const Command kWatchCommand;

} // namespace spindle::cli
