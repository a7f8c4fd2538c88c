// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "app/dig/scan_report.h"

namespace spindle::cli {

/// One line a disc, and the counts; with prices also where they are from.
/// @param now for the age of prices, seconds since 1970 UTC
std::string as_text(const app::ScanReport& report, std::int64_t now);

/// Why a disc was taken for what it was.
std::string explanation(const app::ScanReport& report, const app::Disc& disc, std::int64_t now);

} // namespace spindle::cli
