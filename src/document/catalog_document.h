// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "app/catalog/import_report.h"
#include "catalog/catalog_file.h"
#include "catalog/match.h"
#include "catalog/release.h"
#include "document/json.h"

namespace spindle::document {

/// A release as every command and route shows it, without the tracklist.
Json to_json(const catalog::Release& release);
Json to_json(const std::vector<catalog::Track>& tracks);

/// A recording that fits what was read, with its pressings, best first.
Json to_json(const catalog::GroupMatch& group);
/// {"verdict","probability_of_none","groups":[...]}
Json to_json(const catalog::MatchResult& result);

/// What an import did: {"source","kind","file","releases","added","rows","warnings",...}.
Json to_json(const app::ImportReport& report);

/// {"file","releases","groups","bytes","about":{...}}
Json to_json(const catalog::CatalogFile& file);

} // namespace spindle::document
