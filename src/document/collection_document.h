// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/collection/collection_sync.h"
#include "document/json.h"
#include "store/collection.h"

namespace spindle::document {

Json to_json(const store::Copy& copy);
Json to_json(const store::Wish& wish);
/// {"on_discogs","added","changed","removed","sent","waiting","complete"}
Json to_json(const app::SyncReport& report);

} // namespace spindle::document
