// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/doctor/check.h"
#include "base/result.h"

namespace spindle::app {

/// The device that is examined: the one that was named, else the first card that records, else what
/// the sound system calls "default". Code::NotFound when there is nothing to record from.
Result<std::string> chosen_device(const Examination& examination);

} // namespace spindle::app
