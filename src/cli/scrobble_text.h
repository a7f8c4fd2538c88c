// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/play/send_scrobbles.h"
#include "store/scrobble_store.h"

// Listens and services in words.
namespace spindle::cli {

/// "12  2026-11-21T15:20:00Z  Kraftwerk - Autobahn (Autobahn)", and a line for each service that
/// has not got it.
std::string listen_text(const store::QueuedListen& listen);
/// "Last.fm: 3 waiting, 120 sent, 1 refused", and why it waits.
std::string service_text(const store::ServiceSummary& service, std::int64_t now);
std::string report_text(const app::ServiceReport& report);

} // namespace spindle::cli
