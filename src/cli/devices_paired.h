// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.h"

namespace spindle::cli {

// Phones and other machines that may use the server.
extern const Command kDevicesPairCommand;
extern const Command kDevicesListCommand;
extern const Command kDevicesRevokeCommand;

} // namespace spindle::cli
