// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/play/listening.h"
#include "document/json.h"
#include "store/play_store.h"

namespace spindle::document {

Json to_json(const store::StoredPlay& play);
Json to_json(const store::StoredUnknown& unknown);

/// What happens at the turntable, as "event" says.
/// @param now gives times to what has none of its own in the calendar
Json to_json(const app::ListeningEvent& event, const ClockReading& now);

} // namespace spindle::document
