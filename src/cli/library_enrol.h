// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/capture_choice.h"
#include "cli/command.h"

namespace spindle::cli {

struct LibraryEnrolOptions {
    CaptureChoice source;
    std::string artist, title;
    std::string side = "A";
    std::vector<std::string> tracks; ///< "So What", "So What@9:22"
    int unknown = 0;                 ///< music that was heard already; 0: listen
    bool names_only = false;         ///< the side is there: other names for its tracks
};
Result<Exit> library_enrol(const LibraryEnrolOptions& options, const Context& context);
extern const Command kLibraryEnrolCommand;

} // namespace spindle::cli
