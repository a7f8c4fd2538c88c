// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "app/dig/dig.h"
#include "cli/terminal.h"

namespace spindle::cli {

/// "66 discs: 50 known, 10 maybe, 6 unread"
std::string counts_line(const app::ScanReport& report);

/// What a scan has to say on the way goes where words go.
app::DigWords words_for(Terminal& terminal);

/// One line a disc, and the counts; with prices also where they are from.
/// @param now for the age of prices, seconds since 1970 UTC
std::string as_text(const app::ScanReport& report, std::int64_t now);

/// Why a disc was taken for what it was.
std::string explanation(const app::ScanReport& report, const app::Disc& disc, std::int64_t now);

} // namespace spindle::cli
