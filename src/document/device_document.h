// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/capture/measure.h"
#include "audio/devices.h"
#include "document/json.h"

namespace spindle::document {

/// {"device","card","description"}
Json to_json(const audio::CaptureDevice& device);
/// What a device was heard to send: levels, losses, faults.
void add_measurement(Json& json, const app::Measurement& measured);

} // namespace spindle::document
