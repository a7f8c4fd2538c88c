// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/terminal.h"

namespace spindle::cli {

/// Asks on the terminal and reads one line from standard input without showing it. The terminal is
/// as it was afterwards, also after Ctrl-C. Code::BadInput if standard input is no terminal.
Result<std::string> ask_for_secret(Terminal& terminal, std::string_view question,
                                   const std::stop_token& stop);

/// The first line of standard input, whatever that is.
Result<std::string> secret_from_input(const std::stop_token& stop);

} // namespace spindle::cli
