// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/doctor/check.h"

namespace spindle::app {

/// Is the wall clock to be believed? Plays get their time of day from it, and services refuse wrong
/// ones.
std::vector<Diagnosis> check_clock(const Examination& examination);

} // namespace spindle::app
