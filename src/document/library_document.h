// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "app/library/add.h"
#include "app/library/query.h"
#include "app/library/remove.h"
#include "app/library/walk.h"
#include "document/json.h"

namespace spindle::document {

// One shape for every command and route.

/// {"track_id","title","artist","album","album_artist","track","disc","duration_s","codec","audio",
///  "indexed","record_id","mb_recording","files":[{"path","medium","size","missing_since",...}]}.
/// A track that is on vinyl only has a null for a path.
Json to_json(const store::Track& track);
/// {"record_id","artist","album","folder","tracks":[{"track_id","number","side",...}]}
Json to_json(const app::RecordView& record);
/// {"path","code","message"}
Json to_json(const app::Trouble& trouble);
/// What an add did: {"added","updated",...,"unchanged","returned","missing","failed","files",...}.
/// @param most so many of each list at most: who looks at a screen needs no more
Json to_json(const app::AddReport& report, std::size_t most = static_cast<std::size_t>(-1));
/// What was forgotten: {"files","vinyl","tracks","roots","not_found","warnings"}, likewise.
Json to_json(const app::RemoveReport& report, std::size_t most = static_cast<std::size_t>(-1));

} // namespace spindle::document
