// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.h"

namespace spindle::cli {

extern const Command kGradeCommand;
extern const Command kGradeListCommand;
extern const Command kGradeRemoveCommand;

} // namespace spindle::cli
