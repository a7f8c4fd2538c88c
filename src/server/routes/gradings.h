// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/router.h"
#include "server/routes/job_routes.h"

namespace spindle::server {

/// /api/gradings, as in openapi.yaml.
void add_grading_routes(Router& router, const JobServices& services);

} // namespace spindle::server
