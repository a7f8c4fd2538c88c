// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.h"

namespace spindle::cli {

struct ScrobbleSendOptions {
    bool watch = false;
    double patience = 0;       ///< seconds
    double stall_timeout = 30; ///< seconds
};
Result<Exit> scrobble_send(const ScrobbleSendOptions& options, const Context& context);
extern const Command kScrobbleSendCommand;

} // namespace spindle::cli
