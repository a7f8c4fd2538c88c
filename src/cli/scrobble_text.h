// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/play/send_scrobbles.h"
#include "cli/json.h"
#include "store/scrobble_store.h"

// Listens and services in words and in JSON.
namespace spindle::cli {

/// "owed", "attempted", "done", "dead", "expired".
std::string_view word_of(scrobble::Delivery delivery);

/// "12  2026-11-21T15:20:00Z  Kraftwerk - Autobahn (Autobahn)", and a line for each service that
/// has not got it.
std::string listen_text(const store::QueuedListen& listen);
/// "Last.fm: 3 waiting, 120 sent, 1 refused", and why it waits.
std::string service_text(const store::ServiceSummary& service, std::int64_t now);
std::string report_text(const app::ServiceReport& report);

Json to_json(const store::QueuedListen& listen);
Json to_json(const store::ServiceSummary& service);
Json to_json(const app::ServiceReport& report);

} // namespace spindle::cli
