// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/doctor/check.h"

namespace spindle::app {

/// Is there room in the data folder, and may it be written to?
std::vector<Diagnosis> check_disk(const Examination& examination);

} // namespace spindle::app
