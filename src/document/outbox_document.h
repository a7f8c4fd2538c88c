// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "app/play/send_scrobbles.h"
#include "document/json.h"
#include "store/scrobble_store.h"

namespace spindle::document {

/// "owed", "attempted", "done", "dead", "expired".
std::string_view word_of(scrobble::Delivery delivery);

Json to_json(const store::QueuedListen& listen);
Json to_json(const store::ServiceSummary& service);
Json to_json(const app::ServiceReport& report);

} // namespace spindle::document
