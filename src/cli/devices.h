// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/command.h"

namespace spindle::cli {

struct DevicesOptions {
    std::string device;   ///< only this one; empty: all there are
    double seconds = 1.0; ///< to listen to each; 0: do not
};
Result<Exit> devices(const DevicesOptions& options, const Context& context);
extern const Command kDevicesCommand;

} // namespace spindle::cli
