// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"

namespace CLI {
class App;
} // namespace CLI

namespace spindle::material {

/// A benchmark program's main(): reads the command line, calls `body`, and says on standard error
/// why it failed.
/// @param purpose first lines of --help; @param options adds what the command line may hold.
/// @return the exit code: 1 when `body` fails or throws, CLI11's own for a wrong command line.
int run_program(int argc, char** argv, std::string_view purpose,
                const std::function<void(CLI::App&)>& options,
                const std::function<Result<void>()>& body);

} // namespace spindle::material
