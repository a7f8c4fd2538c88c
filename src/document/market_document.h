// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/market/price.h"
#include "document/json.h"
#include "market/quote.h"

namespace spindle::document {

Json to_json(const app::PricedRelease& release);
Json to_json(const market::Quote& quote);

} // namespace spindle::document
