// SPDX-License-Identifier: Apache-2.0
#include "server/routes/routes.h"

namespace spindle::server {

void add_house_routes(Router& router, House& house, Metrics& metrics) {
    add_health_routes(router, house, metrics);
    add_device_routes(router, house);
    add_catalog_routes(router, house);
    add_collection_routes(router, house);
    add_play_routes(router, house);
    add_outbox_routes(router, house);
    add_library_routes(router, house);
    add_cover_routes(router, house);
    add_settings_routes(router, house);
}

} // namespace spindle::server
