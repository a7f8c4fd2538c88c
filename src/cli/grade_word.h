// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/goldmine.h"
#include "base/result.h"

namespace spindle::cli {

/// The grade a word on the command line names: "VG+", "Very Good Plus (VG+)".
/// @param option what it was given for: "--grade"
Result<Grade> grade_of_word(const std::string& option, const std::string& word);

} // namespace spindle::cli
