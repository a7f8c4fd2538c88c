// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.h"

namespace spindle::cli {

struct FingerprintOptions {
    std::string file;
    std::string density = "reference";
    std::string plot; ///< PNG to write
};
Result<Exit> fingerprint(const FingerprintOptions& options, const Context& context);
extern const Command kFingerprintCommand;

} // namespace spindle::cli
