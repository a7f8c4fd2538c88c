// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/house.h"
#include "server/metrics.h"
#include "server/router.h"

/// What the server answers, one file for each kind of thing; src/server/openapi.yaml is the
/// contract. Routes are thin: they read the request, ask `app` or a store, and show a `document`.
/// House and Metrics must live as long as the router is used.
namespace spindle::server {

class ListeningDesk;

void add_health_routes(Router& router, House& house, Metrics& metrics);
void add_device_routes(Router& router, House& house);
void add_catalog_routes(Router& router, House& house);
void add_collection_routes(Router& router, House& house);
void add_play_routes(Router& router, House& house);
void add_outbox_routes(Router& router, House& house);
void add_library_routes(Router& router, House& house);
void add_cover_routes(Router& router, House& house);
void add_settings_routes(Router& router, House& house);
/// All of the above.
void add_house_routes(Router& router, House& house, Metrics& metrics);
/// What plays now, and what distant ears send.
void add_listening_routes(Router& router, ListeningDesk& desk);

} // namespace spindle::server
