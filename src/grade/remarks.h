// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grade/figures.h"

namespace spindle::grade {

/// Why a recording cannot be graded, for a person; nothing where it can: too short, silent, no
/// record.
std::optional<std::string> why_not_gradable(const SideMeasures& side);

/// What an owner should know besides the grade: what is the equipment's and not the record's (hum,
/// rumble, balance), what the recording hides (few highs, clipping, mono), where a scratch is, how
/// fast it turned. One sentence each, the most important first.
std::vector<std::string> remarks_on(const SideEvidence& side);

} // namespace spindle::grade
