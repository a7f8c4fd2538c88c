// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/play/listening.h"
#include "document/json.h"

namespace spindle::document {

/// What goes on at a turntable at this moment, as the page shows it.
/// @param since when listening began. @param now gives times in the calendar
Json to_json(const app::ListeningStatus& status, UtcTime since, const ClockReading& now);

/// Nobody listens, and how to begin.
Json not_listening();

} // namespace spindle::document
