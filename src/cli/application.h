// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "app/backends.h"

namespace spindle::cli {

/// The whole program: parses, sets up signals and streams, runs the command, reports errors.
/// @param words the arguments after the program's name.
/// @return the process's exit code: 0, 1 or 2 (cli::Exit). If Ctrl-C or SIGTERM stopped the
/// command,
///         the process ends by that signal instead (shells show 130 or 143), so that a shell loop
///         around it stops too.
int run(std::span<const std::string> words, const app::Backends& backends);

} // namespace spindle::cli
