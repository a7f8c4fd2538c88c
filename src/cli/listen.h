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
    std::string server;      ///< empty: this machine knows the music itself
    std::string pair;        ///< a pairing token of the server
    std::string authorities; ///< file with the server's own certificate
};
Result<Exit> listen(const ListenOptions& options, const Context& context);
extern const Command kListenCommand;

} // namespace spindle::cli
