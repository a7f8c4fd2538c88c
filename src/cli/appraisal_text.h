// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "app/market/appraisal_report.h"

namespace spindle::cli {

/// @param now for the age of what was seen, seconds since 1970 UTC
std::string as_text(const app::AppraisalReport& report, std::int64_t now);

} // namespace spindle::cli
