// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <variant>
#include <vector>

#include "cli/command.h"

namespace spindle::cli {

/// Options that work with every command.
struct GlobalOptions {
    bool json = false;
    bool quiet = false;
    std::string data_folder; ///< empty = not given
};

/// A command line that was understood.
struct Parsed {
    GlobalOptions globals;
    Run run;
};

/// Text asked for (--help, --version): goes to stdout, Exit::Done.
struct Answer {
    std::string text;
};

/// What is wrong with the command line, and what was perhaps meant: goes to stderr, Exit::Usage.
struct Misuse {
    std::string message;
};

/// Understands a command line. Pure: prints nothing, exits never.
/// @param words the arguments after the program's name.
std::variant<Parsed, Answer, Misuse> parse(std::span<const std::string> words);

/// The global options as completion and help list them.
Arguments global_arguments(GlobalOptions& options);

} // namespace spindle::cli
