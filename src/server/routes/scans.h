// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/router.h"
#include "server/routes/job_routes.h"

namespace spindle::server {

/// /api/scans and /api/corrections, as in openapi.yaml.
void add_scan_routes(Router& router, const JobServices& services);

} // namespace spindle::server
