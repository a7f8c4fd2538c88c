// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.h"

namespace spindle::cli {

extern const Command kGradeTrainCommand;
extern const Command kGradeEvalCommand;

} // namespace spindle::cli
