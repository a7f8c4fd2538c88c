// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/dig/scan_report.h"

namespace spindle::cli {

/// One line a disc, and the counts.
std::string as_text(const app::ScanReport& report);

/// Why a disc was taken for what it was.
std::string explanation(const app::ScanReport& report, const app::Disc& disc);

} // namespace spindle::cli
