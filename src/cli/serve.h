// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"

namespace spindle::cli {

struct ServeOptions {
    int port = 8137;
    bool lan = false;
    bool tls = false;
    std::string certificate, key;
    std::vector<std::string> names; ///< by which browsers may call this machine as well
};
Result<Exit> serve(const ServeOptions& options, const Context& context);
extern const Command kServeCommand;

} // namespace spindle::cli
