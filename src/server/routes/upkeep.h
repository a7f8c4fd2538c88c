// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/house.h"
#include "server/router.h"
#include "server/routes/job_routes.h"

/// Work that keeps the house in order, as in openapi.yaml. House must live as long as the router.
namespace spindle::server {

/// /api/catalog/imports, /lists, /dumps and /offer.
void add_catalog_job_routes(Router& router, House& house, const JobServices& services);
/// /api/library/folders and /looks.
void add_library_job_routes(Router& router, House& house, const JobServices& services);
/// /api/kept.
void add_kept_routes(Router& router, House& house, const JobServices& services);
/// All of the above.
void add_upkeep_routes(Router& router, House& house, const JobServices& services);

} // namespace spindle::server
