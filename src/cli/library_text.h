// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/library/query.h"

// How the library's values look, as text.
namespace spindle::cli {

/// One line for lists: "   12  Ann - Blue Train  (Quiet Nights)  3:20".
std::string track_line(const store::Track& track);
/// "R3  Ann - Quiet Nights  9 tracks, sides A B".
std::string record_line(const app::RecordView& record);
/// All there is to say about a track, several lines.
std::string track_text(const store::Track& track);
/// A record with its tracks by side, several lines.
std::string record_text(const app::RecordView& record);

} // namespace spindle::cli
