// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/command.h"

namespace spindle::cli {

struct PlaysOptions {
    int days = 0;  ///< 0: all
    int limit = 0; ///< 0: all
    bool unknown = false;
    bool styli = false;
    std::string new_stylus;
    int name_id = 0;
    std::string name, artist;
};
Result<Exit> plays(const PlaysOptions& options, const Context& context);
extern const Command kPlaysCommand;

} // namespace spindle::cli
