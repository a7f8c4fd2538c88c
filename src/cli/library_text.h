// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "app/library/query.h"
#include "app/library/walk.h"
#include "cli/json.h"

// How the library's values look, as JSON and as text. One shape for every command.
namespace spindle::cli {

/// {"track_id","title","artist","album","album_artist","track","disc","duration_s","codec","audio",
///  "indexed","record_id","mb_recording","files":[{"path","medium","size","missing_since",...}]}.
/// A track that is on vinyl only has a null for a path.
Json to_json(const store::Track& track);
/// {"record_id","artist","album","folder","tracks":[{"track_id","number","side",...}]}
Json to_json(const app::RecordView& record);
/// {"path","code","message"}
Json to_json(const app::Trouble& trouble);

/// One line for lists: "   12  Ann - Blue Train  (Quiet Nights)  3:20".
std::string track_line(const store::Track& track);
/// "R3  Ann - Quiet Nights  9 tracks, sides A B".
std::string record_line(const app::RecordView& record);
/// All there is to say about a track, several lines.
std::string track_text(const store::Track& track);
/// A record with its tracks by side, several lines.
std::string record_text(const app::RecordView& record);

} // namespace spindle::cli
