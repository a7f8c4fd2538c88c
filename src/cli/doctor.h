// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/command.h"

namespace spindle::cli {

struct DoctorOptions {
    std::string device;   ///< to capture from; empty: the first card
    double seconds = 6.0; ///< to listen to it
};
Result<Exit> doctor(const DoctorOptions& options, const Context& context);
extern const Command kDoctorCommand;

} // namespace spindle::cli
