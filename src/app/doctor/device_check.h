// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/doctor/check.h"

namespace spindle::app {

/// Can the device be recorded from, and is what comes in fit to be listened to?
std::vector<Diagnosis> check_device(const Examination& examination);

} // namespace spindle::app
