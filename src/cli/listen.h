// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/command.h"

namespace spindle::cli {

struct ListenOptions {
    std::string device; ///< ALSA; empty: "default"
    std::string input;  ///< a file instead of a device; "-" for stdin
    std::string raw;    ///< what the samples of `input` are, when it is raw
    int rate = 0;
    int channels = 0;
    std::string play_to;
    std::string start; ///< of a file: when it was recorded, UTC
    bool wait = false; ///< for a device that is not there yet
    bool no_scrobble = false;
    std::string repeat = "each-play";
};
Result<Exit> listen(const ListenOptions& options, const Context& context);
extern const Command kListenCommand;

} // namespace spindle::cli
