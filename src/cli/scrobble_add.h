// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"

namespace spindle::cli {

struct ScrobbleAddOptions {
    std::string artist, title, album, album_artist, track_number, mbid;
    std::string started = "now";
    double duration = 0; ///< seconds; 0 = not known
    double played = 0;   ///< seconds; 0 = the owner says it was heard
    std::string repeat = "each-play";
    std::vector<std::string> services; ///< none: all accounts
};
Result<Exit> scrobble_add(const ScrobbleAddOptions& options, const Context& context);
extern const Command kScrobbleAddCommand;

} // namespace spindle::cli
