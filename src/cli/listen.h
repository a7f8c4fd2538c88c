// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/capture_choice.h"
#include "cli/command.h"

namespace spindle::cli {

struct ListenOptions {
    CaptureChoice source;
    bool no_scrobble = false;
    bool grade = false;
    std::string repeat = "each-play";
};
Result<Exit> listen(const ListenOptions& options, const Context& context);
extern const Command kListenCommand;

} // namespace spindle::cli
