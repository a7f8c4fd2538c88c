// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "grade/figures.h"

namespace spindle::grade {

/// Clipped samples above this share are heard, and taken for clicks: a few a second.
inline constexpr double kClippedShare = 1e-4;

/// What an owner should know besides the grade: what is the equipment's and not the record's (hum,
/// rumble, balance), what the recording hides (few highs, clipping, mono), where a scratch is, how
/// fast it turned. One sentence each, the most important first.
std::vector<std::string> remarks_on(const SideEvidence& side);

} // namespace spindle::grade
