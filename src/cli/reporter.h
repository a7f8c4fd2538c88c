// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "app/play/play_reporter.h"
#include "cli/command.h"

namespace spindle::cli {

/// Tells the owner's services what is heard, by their logins; remarks go to the terminal.
/// @param repeat when a track counts again: "each-play" or "once-a-day"
Result<std::unique_ptr<app::PlayReporter>> open_reporter(const std::string& repeat,
                                                         const Context& context);

} // namespace spindle::cli
