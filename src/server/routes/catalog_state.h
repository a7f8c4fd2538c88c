// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "document/json.h"
#include "server/house.h"

namespace spindle::server {

/// What the catalog holds, or why there is none and how to get one.
document::Json catalog_state(House& house);

} // namespace spindle::server
