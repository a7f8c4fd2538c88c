// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.h"

namespace spindle::cli {

extern const Command kScrobbleRetryCommand;
extern const Command kScrobbleEditCommand;
extern const Command kScrobbleDropCommand;

} // namespace spindle::cli
