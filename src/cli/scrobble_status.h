// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.h"

namespace spindle::cli {

struct ScrobbleStatusOptions {
    int most = 20; ///< listens shown
};
Result<Exit> scrobble_status(const ScrobbleStatusOptions& options, const Context& context);
extern const Command kScrobbleStatusCommand;

} // namespace spindle::cli
